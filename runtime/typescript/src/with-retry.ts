/** Repeating a request for as long as that is in order. */

import type { AnyApiError } from "./api-error.js";
import { isApiError } from "./brand.js";
import { CLOCK, type Clock } from "./clock.js";
import { Ending } from "./ending.js";
import { newKey } from "./idempotency-key.js";
import { decide, type RetryPolicy } from "./policy.js";

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
export async function withRetry<T>(fn: (attempt: Attempt) => T | PromiseLike<T>, options: RetryOptions = {}): Promise<T> {
  const { clock = CLOCK } = options;
  const end = new Ending(clock, options);
  try {
    const result = await repeat(fn, options, clock, end);
    end.handOn(result);
    return result;
  } catch (thrown) {
    end.off();
    throw thrown;
  }
}

async function repeat<T>(fn: (attempt: Attempt) => T | PromiseLike<T>, options: RetryOptions, clock: Clock, end: Ending): Promise<T> {
  const { signal } = end;
  const safe = SAFE_METHODS.includes((options.method ?? "").toUpperCase());
  const start = clock.monotonic();
  // Servers take an empty key for none.
  let key = options.idempotencyKey || undefined;
  // Whether nobody knows what became of an attempt.
  let uncertain = false;
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    let keyed = false;
    const idempotencyKey = (): string => {
      keyed = true;
      return (key ??= newKey());
    };
    try {
      return await end.first(fn({ attempt, signal, idempotencyKey }));
    } catch (thrown) {
      end.lastThrown = thrown;
      const error = isApiError(thrown) ? thrown : undefined;
      if (error === undefined && options.unanswered?.(thrown) !== true) throw thrown;
      const so = { repeats: attempt, elapsed: clock.monotonic() - start, now: clock.now(), safe, keyed, random: clock.random() };
      const decision = decide(error, options, so);
      if ("stop" in decision) throw thrown;
      signal.throwIfAborted();
      const { delay, newKey: needsNewKey } = decision;
      // What was sent with the old key may have been carried out: with a new one it would be another.
      if (needsNewKey && uncertain && !safe && options.duplicates !== true) throw thrown;
      uncertain ||= error === undefined || error.repeat?.kind === "idempotency_key";
      if (needsNewKey) key = undefined;
      await end.first(options.onRetry?.({ error, thrown, attempt, delay }));
      // The hook took its time, too.
      if (clock.monotonic() - start + delay > (options.total ?? Number.POSITIVE_INFINITY)) throw thrown;
      await clock.sleep(delay, signal);
    }
  }
}

/** The methods that only read (RFC 9110, section 9.2.1). */
const SAFE_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS", "TRACE"];
