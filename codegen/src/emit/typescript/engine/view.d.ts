/** What a decoded response says, read on demand. */
import { type Decoded } from "./decode.js";
import { Came, type HeadersInput, type ResponseParts } from "./response.js";
import { type Repeat } from "./retry.js";
import { type Api, type Backoff } from "./table.js";
import { type Values } from "./value.js";
import { type Action, type Category, type Outcome, type Verdict } from "./vocabulary.js";
/** Decodes a response. */
export declare function viewOf(api: Api, response: ResponseParts): View;
/** Decodes what is no HTTP response; undefined where it tells no error. */
export declare function eventOf(api: Api, event: string | Uint8Array | ArrayBuffer | object, headers?: HeadersInput): View | undefined;
/** An error of a response, and what it was decoded to. */
export declare class View {
    readonly api: Api;
    readonly came: Came;
    private readonly decoded;
    /** The error's part of the response. */
    private readonly document;
    private least;
    private ownDetails;
    private allFields;
    constructor(api: Api, came: Came, decoded: Decoded);
    /** The other errors of the same response. */
    get others(): View[];
    /** The same error, as if it were the only one of its response. */
    get alone(): View;
    /** One line for a log: `Vivix KEY_REVOKED (401): This key was revoked. [req_1]`. */
    get line(): string;
    get outcome(): Outcome;
    /** The error's own status, else the response's. */
    get status(): number | undefined;
    get code(): string | undefined;
    /** The code as sent, its parts joined by `/`. */
    get rawCode(): string | undefined;
    get message(): string | undefined;
    get requestId(): string | undefined;
    get cause(): string | undefined;
    get description(): string | undefined;
    /** The server's own advice, else that of the cause, the error or the status. */
    get remediation(): string | undefined;
    /** Of several errors it is that of the one that decides about retrying, where that one has any. */
    get action(): Action | undefined;
    get category(): Category;
    get group(): string | undefined;
    get docsUrl(): string | undefined;
    /**
     * The server's own verdict, else what the cause, the error or the status says. Of several errors the one that allows least
     * decides: they all have to be gone before a repeat can succeed.
     */
    get retry(): Verdict;
    get condition(): string | undefined;
    /** Of several errors the one that begins with the longest wait counts. */
    get backoff(): Backoff | undefined;
    /** Of several errors the one that makes a repeat most dangerous decides. */
    get repeat(): Repeat | undefined;
    /** The told wait in milliseconds, not clamped. Of several errors the longest counts. */
    toldDelay(now: number): number | undefined;
    /** The told wait, else a backoff with full jitter. */
    delay(attempt: number, now: number): number | undefined;
    /** The fields of the error that were sent and are of their type. */
    details(): Values;
    /** The same of the fields that every error of this shape can have. Those of the response are the primary error's. */
    fields(): Values;
    /** Odd things seen, as short words in a fixed order. */
    notes(): string[];
    /** A text of the cause, else of the error. */
    private text;
    /** All errors that count for a repeat: this one first. */
    private get counting();
    /** The first of the errors that allow least. */
    private get deciding();
    private get serverVerdict();
    /** What the sources of all errors that count told. */
    private told;
}
