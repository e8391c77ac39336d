/** What an error is made from, whatever client it came with. */
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
/** A status as HTTP has them; fetch gives 0 where it hides it. */
export declare function toStatus(status: number | undefined): number | undefined;
/** The headers as `Headers`. What no header can be is left out. */
export declare function toHeaders(input: HeadersInput | undefined): Headers;
/** The body as text, and whether it was UTF-8; what was not is U+FFFD. */
export declare function toText(body: string | Uint8Array | ArrayBuffer | undefined): {
    text: string;
    isUtf8: boolean;
};
