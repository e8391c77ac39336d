/** The class that the error of every API extends. */
import type { PlainResponse, ResponseParts } from "./response.js";
import type { Repeat } from "./retry.js";
import type { Api, Backoff } from "./table.js";
import type { Values } from "./value.js";
import { View } from "./view.js";
import type { Action, Category, Outcome, Verdict } from "./vocabulary.js";
/** The details of an error that has none. */
export type NoDetails = {};
/** The details of one of `Errors`, a mapping from code to details. */
export type DetailsOf<Errors, Code> = Code extends keyof Errors ? Errors[Code] : NoDetails;
/**
 * An error response of some API.
 *
 * Every package brings its own class that extends this one, such as `VivixError`; the type parameters are what that class knows
 * of its API. Nothing of the response is lost: `status`, `headers` and `bytes` are as they came.
 */
export declare class ApiError<Code extends string | undefined = string | undefined, Details = Values, Fields = Values, Cause extends string | undefined = string | undefined> extends Error {
    #private;
    protected constructor(api: Api, response: ResponseParts | View);
    /** Any API's error is an `ApiError`, whichever package's it is: each package has an engine of its own. */
    static [Symbol.hasInstance](this: unknown, value: unknown): boolean;
    /** The name of the class, which heads the stack. */
    get name(): string;
    /** The id of the API: `vivix`. */
    get api(): string;
    /** How much of the response was understood. */
    get outcome(): Outcome;
    /**
     * The listed error that it is: its code, or the name of an error that has no code. Undefined for a code that the catalog does
     * not list.
     */
    get code(): Code;
    /** The code as sent, listed or not. The parts of a code are joined by `/`. */
    get rawCode(): string | undefined;
    /** Whether it is this listed error; `code` and `details` are then of its types. */
    is(code: string): boolean;
    /** Which of its error's causes it is, where the response tells. */
    get knownCause(): Cause;
    /** The error's own status where it tells one, else that of the response, where there was one. */
    get status(): number | undefined;
    /** The status of the response, where there was one, whatever its errors say. */
    get httpStatus(): number | undefined;
    /** The headers. */
    get headers(): Headers;
    /** The body as text, whole. What was not UTF-8 in it is U+FFFD. */
    get body(): string;
    /** The body as it came. */
    get bytes(): Uint8Array;
    /** Whether there was more of the body: it was longer than the limit, broke off, or was read before. */
    get truncated(): boolean;
    /** The server's message, as sent. `message` is a line for logs that has it in a safe form. */
    get serverMessage(): string | undefined;
    /** The id that support asks for. */
    get requestId(): string | undefined;
    /** The other errors of the same response, where it has several: each with its own code, verdict and delay. */
    get otherErrors(): readonly AnyApiError[];
    /** This error by itself, as if it were the only one of its response: what it says of repeating is its own. */
    get alone(): AnyApiError;
    /** Whether the request may be repeated. Of several errors the one that allows least decides. */
    get retry(): Verdict;
    /**
     * What must have happened before the same request can succeed, where `retry` is `conditional` and the package's texts are
     * loaded.
     */
    get condition(): string | undefined;
    /**
     * How long to wait before repeat number `attempt`, counted from 0, in milliseconds: the told delay, not clamped, else a
     * backoff with full jitter. Undefined where no repeat is in order. How often to repeat, and how long to wait at most, is
     * yours to say.
     */
    delay(attempt: number, now?: number | Date): number | undefined;
    /**
     * How long the response (or the catalog) tells to wait before a repeat, in milliseconds, not clamped. Undefined where
     * nothing is told, where what is told is malformed or past, and where a repeat cannot help. Of several errors the longest
     * wait counts.
     */
    toldDelay(now?: number | Date): number | undefined;
    /** The backoff that the API documents for this error, whether or not a delay is told. */
    get backoff(): Backoff | undefined;
    /** What sending the same request again does. */
    get repeat(): Repeat | undefined;
    /**
     * What a person does about it: the server's own advice, else the catalog's, in Markdown, once the package's texts are loaded.
     */
    get remediation(): string | undefined;
    /** When it happens, in Markdown, once the package's texts are loaded. */
    get description(): string | undefined;
    /** What a program does about it. */
    get action(): Action | undefined;
    /** The coarse kind of error, the same for all APIs. */
    get category(): Category;
    /** The name of the group that its error is listed under. */
    get group(): string | undefined;
    /** The provider's page that states it. */
    get docsUrl(): string | undefined;
    /** The values that come with this error. */
    get details(): Details;
    /** The values that every error of this API can come with, such as rate-limit headers. */
    get fields(): Fields;
    /**
     * Odd things seen in the response: `missing-status`, `unexpected-status`, `empty-body`, `not-utf8`, `truncated-body`,
     * `unreadable-code`, `unlisted-part`, `too-many-errors`, `unreadable-delay`.
     */
    get notes(): readonly string[];
    /**
     * The response as plain data that `structuredClone`, `postMessage` and JSON keep, headers and body included. The static `from` of
     * this error's class makes the error of it again: the first of the response, with the others in it.
     */
    toParts(): PlainResponse;
    /** What a log wants of it, without headers and body. Bigints are their digits. */
    toJSON(): {
        readonly [key: string]: unknown;
    };
}
/** The error of any API, whichever package it is from. */
export type AnyApiError = Pick<ApiError, keyof ApiError>;
