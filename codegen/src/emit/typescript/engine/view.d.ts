/** What a decoded response says, read on demand. */
import { type ResponseParts } from "./response.js";
import { type Repeat } from "./retry.js";
import { type Api, type Backoff } from "./table.js";
import type { Values } from "./value.js";
import { type Action, type Category, type Outcome, type Verdict } from "./vocabulary.js";
/** A response and what it was decoded to. */
export declare class View {
    readonly api: Api;
    readonly status: number | undefined;
    readonly headers: Headers;
    readonly body: string;
    private readonly isUtf8;
    /** The body as given, where its text does not say it all. */
    private readonly raw;
    private readonly document;
    private readonly decoded;
    private ownDetails;
    private shapeFields;
    constructor(api: Api, given: ResponseParts);
    /** One line for a log: `Vivix KEY_REVOKED (401): This key was revoked. [req_1]`. */
    get line(): string;
    get bytes(): Uint8Array;
    get outcome(): Outcome;
    get code(): string | undefined;
    get rawCode(): string | undefined;
    get message(): string | undefined;
    get requestId(): string | undefined;
    get cause(): string | undefined;
    get description(): string | undefined;
    /** The server's own advice, else that of the cause, the error or the status. */
    get remediation(): string | undefined;
    get action(): Action | undefined;
    get category(): Category;
    get group(): string | undefined;
    get docsUrl(): string | undefined;
    /** The server's own verdict, else what the cause, the error or the status says. */
    get retry(): Verdict;
    get condition(): string | undefined;
    get backoff(): Backoff | undefined;
    get repeat(): Repeat | undefined;
    /** The told wait in milliseconds, not clamped. */
    toldDelay(now: number): number | undefined;
    /** The told wait, else a backoff with full jitter. */
    delay(attempt: number, now: number): number | undefined;
    /** The fields of the error that were sent and are of their type. */
    details(): Values;
    /** The same of the fields that every error of this shape can have. */
    fields(): Values;
    /** Odd things seen, as short words in a fixed order. */
    notes(): string[];
    private get row();
    private get more();
    private get causeEntry();
    /**
     * What the catalog says of the status alone: the entry of the status, else of its class. Where there was no status, the first
     * that the error is documented with counts.
     */
    private get statusEntry();
    private get documentedStatus();
    /** A text of the cause, else of the error. */
    private text;
    private get serverVerdict();
    /** The index of the retry rule of the cause, the error or the status. */
    private get ruleIndex();
    private get rule();
    private get mayRepeat();
    /** The told wait, and whether a source was there but not well formed. */
    private told;
    private valuesOf;
}
