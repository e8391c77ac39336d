/** What an error is made from, whatever client it came with. */
import { Document } from "./document.js";
/** Headers as clients give them. */
export type HeadersInput = Headers | Iterable<readonly [name: string, value: string]> | {
    readonly [name: string]: string | readonly string[] | undefined;
};
/** An error response whose body was read, or what is no HTTP response: a task's status, a webhook, an event of a stream. */
export interface ResponseParts {
    /** The status; left out for what is no HTTP response. */
    readonly status?: number | undefined;
    readonly headers?: HeadersInput | undefined;
    /** The body as it came: text, or the bytes of it. */
    readonly body?: string | Uint8Array | ArrayBuffer | undefined;
    /** The bytes of the body in base64, in place of `body`. */
    readonly bodyBase64?: string | undefined;
    /** Whether there was more of the body. */
    readonly truncated?: boolean | undefined;
}
/** A response as plain data, which `structuredClone`, `postMessage` and JSON keep as it is. */
export interface PlainResponse extends ResponseParts {
    /** The id of the API: `vivix`. */
    readonly api: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The body, where it is text. */
    readonly body?: string;
    /** The bytes of the body in base64, where it is no UTF-8. */
    readonly bodyBase64?: string;
}
/** What came, shared by all errors of one response. */
export declare class Came {
    readonly status: number | undefined;
    readonly headers: Headers;
    /** The body as text. What was not UTF-8 in it is U+FFFD. */
    readonly body: string;
    readonly isUtf8: boolean;
    /** Whether there was more of the body. */
    readonly truncated: boolean;
    readonly document: Document;
    /** The body as given, where its text does not say it all. */
    private readonly raw;
    constructor({ status, headers, bodyBase64, body: given, truncated }: ResponseParts);
    /** The body as it came. */
    get bytes(): Uint8Array;
    /** What it is made from again. */
    plain(api: string): PlainResponse;
}
/** The headers as `Headers`. What no header can be is left out. */
export declare function toHeaders(input: HeadersInput | undefined): Headers;
