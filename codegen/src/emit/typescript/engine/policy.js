/** Whether a failed request is sent again: one pure decision, the same for all APIs; the twin of Rust's `policy`. */
import { DEFAULT_BACKOFF, jittered } from "./retry.js";
/** Decides about one repeat. A told delay is waited for as it is; where it does not fit, there is no repeat. */
export function decide(error, policy, situation) {
    const { repeats, elapsed, now, random } = situation;
    const { attempts = 4, total = Number.POSITIVE_INFINITY } = policy;
    if (error.retry !== "retry")
        return { stop: "verdict" };
    const { repeat } = error;
    const hindrance = hindranceOf(repeat, policy, situation);
    if (hindrance !== undefined)
        return { stop: hindrance };
    // Asked for what is allowed, so that a limit that is no number allows nothing.
    if (!(repeats + 1 < attempts))
        return { stop: "attempts" };
    const delay = error.toldDelay(now) ?? jittered(error.backoff ?? DEFAULT_BACKOFF, repeats, random);
    if (!(elapsed + delay <= total))
        return { stop: "total" };
    // Who only reads needs none.
    return { delay, newKey: repeat?.kind === "new_key" && (situation.keyed || !situation.safe) };
}
function hindranceOf(repeat, { duplicates }, { safe, keyed }) {
    if (safe || duplicates === true)
        return undefined;
    if (repeat?.kind === "duplicates")
        return "duplicates";
    return repeat?.kind === "idempotency_key" && !keyed ? "no_key" : undefined;
}
