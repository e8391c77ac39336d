/** Responses of fetch: reading their bodies, and telling errors from successes. */
import { type HeadersInput, type ResponseParts } from "./response.js";
import { type Api } from "./table.js";
import { type View } from "./view.js";
/** What of fetch's `Response` is needed, so that the one of any library will do. */
export interface FetchResponse {
    readonly status: number;
    readonly headers: HeadersInput;
    /** A stream of bytes, the web's or one that can be iterated; where it is none, the body is read by `arrayBuffer`, as a whole. */
    readonly body?: object | null;
    readonly bodyUsed?: boolean;
    arrayBuffer(): Promise<ArrayBuffer>;
}
/** One that can be read twice. */
export interface ClonableResponse extends FetchResponse {
    clone(): FetchResponse;
}
/** How a body is read. */
export interface ReadOptions {
    /** How many bytes of a body are kept at most: 1 MiB where left out. No more is read, where it comes as a stream. */
    readonly limit?: number | undefined;
    /** Aborting it breaks off reading at once, with its reason. */
    readonly signal?: AbortSignal | undefined;
}
/**
 * Reads the body of a response up to the limit. Where it was read before, or breaks off, status, headers and what came remain:
 * nothing but the signal makes it reject.
 */
export declare function readResponse(response: FetchResponse, options?: ReadOptions): Promise<ResponseParts>;
/**
 * The error that a response is, undefined where it is none. The body of a success is looked at only where errors of the API can
 * come with its status, and then in a copy.
 */
export declare function errorOf(api: Api, response: ClonableResponse, options?: ReadOptions): Promise<View | undefined>;
