/** Repeating a request for as long as that is in order. */
import { isApiError } from "./brand.js";
import { CLOCK } from "./clock.js";
import { Ending } from "./ending.js";
import { newKey } from "./idempotency-key.js";
import { decide } from "./policy.js";
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
export async function withRetry(fn, options = {}) {
    const { clock = CLOCK } = options;
    const end = new Ending(clock, options);
    try {
        const result = await repeat(fn, options, clock, end);
        end.handOn(result);
        return result;
    }
    catch (thrown) {
        end.off();
        throw thrown;
    }
}
async function repeat(fn, options, clock, end) {
    const { signal } = end;
    const safe = SAFE_METHODS.includes((options.method ?? "").toUpperCase());
    const start = clock.monotonic();
    // Servers take an empty key for none.
    let key = options.idempotencyKey || undefined;
    // Whether nobody knows what became of an attempt.
    let uncertain = false;
    for (let attempt = 0;; attempt++) {
        signal.throwIfAborted();
        let keyed = false;
        const idempotencyKey = () => {
            keyed = true;
            return (key ??= newKey());
        };
        try {
            return await end.first(fn({ attempt, signal, idempotencyKey }));
        }
        catch (thrown) {
            end.lastThrown = thrown;
            const error = isApiError(thrown) ? thrown : undefined;
            if (error === undefined && options.unanswered?.(thrown) !== true)
                throw thrown;
            const so = { repeats: attempt, elapsed: clock.monotonic() - start, now: clock.now(), safe, keyed, random: clock.random() };
            const decision = decide(error, options, so);
            if ("stop" in decision)
                throw thrown;
            signal.throwIfAborted();
            const { delay, newKey: needsNewKey } = decision;
            // What was sent with the old key may have been carried out: with a new one it would be another.
            if (needsNewKey && uncertain && !safe && options.duplicates !== true)
                throw thrown;
            uncertain ||= error === undefined || error.repeat?.kind === "idempotency_key";
            if (needsNewKey)
                key = undefined;
            await end.first(options.onRetry?.({ error, thrown, attempt, delay }));
            // The hook took its time, too.
            if (clock.monotonic() - start + delay > (options.total ?? Number.POSITIVE_INFINITY))
                throw thrown;
            await clock.sleep(delay, signal);
        }
    }
}
/** The methods that only read (RFC 9110, section 9.2.1). */
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS", "TRACE"];
