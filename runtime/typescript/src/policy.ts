/** Whether a failed request is sent again: one pure decision, the same for all APIs; the twin of Rust's `policy`. */

import type { AnyApiError } from "./api-error.js";
import { DEFAULT_BACKOFF, jittered, type Repeat } from "./retry.js";

/** What the caller allows. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. 4 where left out. */
  readonly attempts?: number | undefined;
  /**
   * Time in all, in milliseconds: a wait that would end later is not begun. No limit where left out. An attempt under way is not
   * broken off; that is what a signal is for.
   */
  readonly total?: number | undefined;
  /**
   * Whether to repeat what the catalog says makes another one, such as a second order or a second bill, or is safe only with a
   * key that was not sent. False where left out.
   */
  readonly duplicates?: boolean | undefined;
}

/** What was done so far, and what is known of the request. */
export interface Situation {
  /** Repeats so far. */
  readonly repeats: number;
  /** Milliseconds since the first attempt. */
  readonly elapsed: number;
  /** The time it is, in milliseconds since 1970: some delays are told as instants. */
  readonly now: number;
  /** Whether the request only reads. */
  readonly safe: boolean;
  /** Whether the request carried an idempotency key. */
  readonly keyed: boolean;
  /** A draw from 0 (included) to 1 (excluded). */
  readonly random: number;
}

/**
 * Why a request is not repeated.
 *
 * - `verdict`: nothing says that it may be
 * - `duplicates`: it would make another one
 * - `no_key`: it is safe with an idempotency key, and the request carried none
 * - `attempts`, `total`: the caller's limits
 */
export type StopReason = "verdict" | "duplicates" | "no_key" | "attempts" | "total";

/** The wait in milliseconds, and whether the repeat needs a new idempotency key; or why there is no repeat. */
export type Decision = { readonly delay: number; readonly newKey: boolean } | { readonly stop: StopReason };

/** What decides about an error. */
export type Decisive = Pick<AnyApiError, "retry" | "repeat" | "backoff" | "toldDelay">;

/** Decides about one repeat. A told delay is waited for as it is; where it does not fit, there is no repeat. */
export function decide(error: Decisive, policy: RetryPolicy, situation: Situation): Decision {
  const { repeats, elapsed, now, random } = situation;
  const { attempts = 4, total = Number.POSITIVE_INFINITY } = policy;
  if (error.retry !== "retry") return { stop: "verdict" };
  const { repeat } = error;
  const hindrance = hindranceOf(repeat, policy, situation);
  if (hindrance !== undefined) return { stop: hindrance };
  // Asked for what is allowed, so that a limit that is no number allows nothing.
  if (!(repeats + 1 < attempts)) return { stop: "attempts" };
  const delay = error.toldDelay(now) ?? jittered(error.backoff ?? DEFAULT_BACKOFF, repeats, random);
  if (!(elapsed + delay <= total)) return { stop: "total" };
  // Who only reads needs none.
  return { delay, newKey: repeat?.kind === "new_key" && (situation.keyed || !situation.safe) };
}

function hindranceOf(repeat: Repeat | undefined, { duplicates }: RetryPolicy, { safe, keyed }: Situation): StopReason | undefined {
  if (safe || duplicates === true) return undefined;
  if (repeat?.kind === "duplicates") return "duplicates";
  return repeat?.kind === "idempotency_key" && !keyed ? "no_key" : undefined;
}
