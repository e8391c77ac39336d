/** Repeating a request for as long as that is in order. */
import { isApiError } from "./brand.js";
import { CLOCK } from "./clock.js";
import { newKey } from "./idempotency-key.js";
import { decide } from "./policy.js";
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
export async function withRetry(fn, options = {}) {
    const { signal = new AbortController().signal, clock = CLOCK, method = "" } = options;
    const safe = SAFE_METHODS.includes(method.toUpperCase());
    const start = clock.monotonic();
    let key = options.idempotencyKey;
    for (let attempt = 0;; attempt++) {
        signal.throwIfAborted();
        let keyed = false;
        const given = {
            attempt,
            signal,
            get idempotencyKey() {
                keyed = true;
                return (key ??= newKey());
            },
        };
        try {
            return await fn(given);
        }
        catch (error) {
            if (!isApiError(error))
                throw error;
            const so = { repeats: attempt, elapsed: clock.monotonic() - start, now: clock.now(), safe, keyed, random: clock.random() };
            const decision = decide(error, options, so);
            if ("stop" in decision)
                throw error;
            signal.throwIfAborted();
            const { delay, newKey: needsNewKey } = decision;
            if (needsNewKey)
                key = undefined;
            await options.onRetry?.({ error, attempt, delay });
            await clock.sleep(delay, signal);
        }
    }
}
/** The methods that only read (RFC 9110, section 9.2.1). */
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS", "TRACE"];
