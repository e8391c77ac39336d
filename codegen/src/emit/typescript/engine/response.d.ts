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
}
/** What of fetch's `Response` is needed, so that the one of any library will do. */
export interface FetchResponse {
    readonly status: number;
    readonly headers: HeadersInput;
    arrayBuffer(): Promise<ArrayBuffer>;
}
/** Reads the body of a response. Where it was read before, or breaks off, status and headers remain. */
export declare function readResponse(response: FetchResponse): Promise<ResponseParts>;
/** What came, shared by all errors of one response. */
export declare class Came {
    readonly status: number | undefined;
    readonly headers: Headers;
    /** The body as text. What was not UTF-8 in it is U+FFFD. */
    readonly body: string;
    readonly isUtf8: boolean;
    readonly document: Document;
    /** The body as given, where its text does not say it all. */
    private readonly raw;
    constructor({ status, headers, body }: ResponseParts);
    /** The body as it came. */
    get bytes(): Uint8Array;
}
