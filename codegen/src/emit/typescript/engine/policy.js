/** Whether a failed request is sent again: one pure decision, the same for all APIs; the twin of Rust's `policy`. */
import { DEFAULT_BACKOFF, jittered } from "./retry.js";
/**
 * Decides about one repeat, after an error or, where that is undefined, after no response at all. A told delay is waited for as it
 * is; where it does not fit, there is no repeat.
 */
export function decide(error, policy, situation) {
    const { repeats, elapsed, now, random } = situation;
    const { attempts = 4, longestWait = LONGEST_WAIT, total = Number.POSITIVE_INFINITY } = policy;
    if (error === undefined && policy.unanswered === undefined)
        return { stop: "unanswered" };
    if (error !== undefined && error.retry !== "retry")
        return { stop: "verdict" };
    const repeat = error === undefined ? UNCERTAIN : error.repeat;
    const hindrance = hindranceOf(repeat, policy, situation);
    if (hindrance !== undefined)
        return { stop: hindrance };
    // Asked for what is allowed, so that a limit that is no number allows nothing.
    if (!(repeats + 1 < attempts))
        return { stop: "attempts" };
    const told = error?.toldDelay(now);
    if (told !== undefined && !(told <= longestWait))
        return { stop: "longest_wait" };
    const delay = told ?? Math.min(jittered(error?.backoff ?? DEFAULT_BACKOFF, repeats, random), longestWait);
    if (!(elapsed + delay <= total))
        return { stop: "total" };
    // Who only reads needs none.
    return { delay, newKey: repeat?.kind === "new_key" && (situation.keyed || !situation.safe) };
}
/** Two minutes: more than the one that many limits count by. */
const LONGEST_WAIT = 120_000;
/** What a repeat does where nobody knows whether the request was carried out: it is safe with the same key. */
const UNCERTAIN = { kind: "idempotency_key" };
function hindranceOf(repeat, { duplicates }, { safe, keyed }) {
    if (safe || duplicates === true)
        return undefined;
    if (repeat?.kind === "duplicates")
        return "duplicates";
    return repeat?.kind === "idempotency_key" && !keyed ? "no_key" : undefined;
}
