/** Repeating a request for as long as that is in order. */
import type { AnyApiError } from "./api-error.js";
import { type Clock } from "./clock.js";
import { type RetryPolicy } from "./policy.js";
/** What an attempt is given. */
export interface Attempt {
    /** Its number, counted from 0. */
    readonly attempt: number;
    /**
     * Is aborted when the signal of the options is, or when the total time is over. Hand it on to fetch, and read the body within the
     * attempt: of a response that is handed on unread, the signal of the options ends the reading, but the total time no longer does.
     */
    readonly signal: AbortSignal;
    /**
     * Gives the idempotency key: the same for all attempts, until an error says that the next one needs a new key; which it gets only where no
     * attempt before may have been carried out. An attempt that
     * has asked for it counts as one that sent it.
     */
    readonly idempotencyKey: () => string;
}
/** A repeat that is due. */
export interface RetryEvent {
    /** The error of the API that is the reason; undefined where there was no response. */
    readonly error: AnyApiError | undefined;
    /** What the attempt threw: that error, or what fetch makes of no response. */
    readonly thrown: unknown;
    /** The number of the attempt that failed, counted from 0. */
    readonly attempt: number;
    /** How long will be waited, in milliseconds. */
    readonly delay: number;
}
/** When to repeat, and what to tell. */
export interface RetryOptions extends RetryPolicy {
    /** The method of the request: `GET`, `HEAD`, `OPTIONS` and `TRACE` make nothing, so that they can be repeated whatever a repeat makes. */
    readonly method?: string | undefined;
    /** The idempotency key to begin with, where it is to be one of yours; else a random one. */
    readonly idempotencyKey?: string | undefined;
    /** Aborting it ends an attempt or a wait at once, with its reason. */
    readonly signal?: AbortSignal | undefined;
    /** Is called, and waited for, before each wait. What it throws ends it all. */
    readonly onRetry?: ((event: RetryEvent) => unknown) | undefined;
    /** Time and chance, for tests. */
    readonly clock?: Clock | undefined;
}
/**
 * Calls `fn`, and again for as long as it fails with the error of an API that may be repeated: after the delay that the response
 * tells, never sooner, else after the API's backoff with full jitter. The last error is thrown as it is; so is at once all
 * that is no API's error, such as what fetch throws, unless `unanswered` knows it.
 *
 * ```js
 * const job = await withRetry(async ({ signal, idempotencyKey }) => {
 *   const headers = { "Idempotency-Key": idempotencyKey() };
 *   const response = await AcmeError.check(await fetch(url, { method: "POST", body, headers, signal }));
 *   return response.json();
 * });
 * ```
 */
export declare function withRetry<T>(fn: (attempt: Attempt) => T | PromiseLike<T>, options?: RetryOptions): Promise<T>;
