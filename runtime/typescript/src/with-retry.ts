/** Repeating a request for as long as that is in order. */

import type { AnyApiError } from "./api-error.js";
import { isApiError } from "./brand.js";
import { CLOCK, type Clock } from "./clock.js";
import { newKey } from "./idempotency-key.js";
import { decide, type RetryPolicy } from "./policy.js";

/** What an attempt is given. */
export interface Attempt {
  /** Its number, counted from 0. */
  readonly attempt: number;
  /** The signal of the options, else one that is never aborted. Hand it on to fetch. */
  readonly signal: AbortSignal;
  /**
   * The idempotency key: the same for all attempts, until an error says that the next one needs a new key. An attempt that has
   * looked at it counts as one that sent it.
   */
  readonly idempotencyKey: string;
}

/** A repeat that is due. */
export interface RetryEvent {
  /** Why. */
  readonly error: AnyApiError;
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
  /** Aborting it ends a wait at once, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Is called, and waited for, before each wait. What it throws ends it all. */
  readonly onRetry?: ((event: RetryEvent) => unknown) | undefined;
  /** Time and chance, for tests. */
  readonly clock?: Clock | undefined;
}

/**
 * Calls `fn`, and again for as long as it fails with the error of an API that may be repeated: after the delay that the response
 * tells, never sooner, else after the API's backoff with full jitter. The last error is thrown as it is; so is at once all
 * that is no API's error, such as what fetch throws.
 *
 * ```js
 * const job = await withRetry(async ({ signal, idempotencyKey }) => {
 *   const headers = { "Idempotency-Key": idempotencyKey };
 *   const response = await AcmeError.check(await fetch(url, { method: "POST", body, headers, signal }));
 *   return response.json();
 * });
 * ```
 */
export async function withRetry<T>(fn: (attempt: Attempt) => T | PromiseLike<T>, options: RetryOptions = {}): Promise<T> {
  const { signal = new AbortController().signal, clock = CLOCK, method = "" } = options;
  const safe = SAFE_METHODS.includes(method.toUpperCase());
  const start = clock.monotonic();
  let key = options.idempotencyKey;
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    let keyed = false;
    const given: Attempt = {
      attempt,
      signal,
      get idempotencyKey() {
        keyed = true;
        return (key ??= newKey());
      },
    };
    try {
      return await fn(given);
    } catch (error) {
      if (!isApiError(error)) throw error;
      const so = { repeats: attempt, elapsed: clock.monotonic() - start, now: clock.now(), safe, keyed, random: clock.random() };
      const decision = decide(error, options, so);
      if ("stop" in decision) throw error;
      signal.throwIfAborted();
      const { delay, newKey: needsNewKey } = decision;
      if (needsNewKey) key = undefined;
      await options.onRetry?.({ error, attempt, delay });
      await clock.sleep(delay, signal);
    }
  }
}

/** The methods that only read (RFC 9110, section 9.2.1). */
const SAFE_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS", "TRACE"];
