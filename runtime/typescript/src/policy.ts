/** Whether a failed request is sent again: one pure decision, the same for all APIs; the twin of Rust's `policy`. */

import type { AnyApiError } from "./api-error.js";
import { DEFAULT_BACKOFF, jittered, type Repeat } from "./retry.js";

/** What the caller allows. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. 4 where left out. */
  readonly attempts?: number | undefined;
  /**
   * How long one wait may be, in milliseconds: 120,000 where left out. Where the server tells a longer one there is no repeat; a
   * backoff ends here, too.
   */
  readonly longestWait?: number | undefined;
  /**
   * Time in all, in milliseconds: a wait that would end later is not begun, and an attempt under way is broken off. No limit
   * where left out.
   */
  readonly total?: number | undefined;
  /**
   * Tells of what was thrown, and is no error of an API, whether it means that there was no response: of fetch, a `TypeError`. The
   * request may have been carried out all the same, so it is repeated only where it reads, or has sent an idempotency key; and not
   * at all where this is left out.
   */
  readonly unanswered?: ((thrown: unknown) => boolean) | undefined;
  /**
   * Whether to repeat what the catalog says makes another one, such as a second order or a second bill, or what is safe only with
   * a key that was not sent. False where left out. Where no source says what a repeat does, it decides nothing: the API's word that
   * the error may be repeated holds.
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
 * - `unanswered`: there was no response, and the caller does not ask for a repeat then
 * - `duplicates`: it would make another one
 * - `no_key`: it is safe with an idempotency key, and the request carried none
 * - `attempts`, `longest_wait`, `total`: the caller's limits
 */
export type StopReason = "verdict" | "unanswered" | "duplicates" | "no_key" | "attempts" | "longest_wait" | "total";

/** The wait in milliseconds, and whether the repeat needs a new idempotency key; or why there is no repeat. */
export type Decision = { readonly delay: number; readonly newKey: boolean } | { readonly stop: StopReason };

/** What decides about an error. */
export type Decisive = Pick<AnyApiError, "retry" | "repeat" | "backoff" | "toldDelay">;

/**
 * Decides about one repeat, after an error or, where that is undefined, after no response at all. A told delay is waited for as it
 * is; where it does not fit, there is no repeat.
 */
export function decide(error: Decisive | undefined, policy: RetryPolicy, situation: Situation): Decision {
  const { repeats, elapsed, now, random } = situation;
  const { attempts = 4, longestWait = LONGEST_WAIT, total = Number.POSITIVE_INFINITY } = policy;
  if (error === undefined && policy.unanswered === undefined) return { stop: "unanswered" };
  if (error !== undefined && error.retry !== "retry") return { stop: "verdict" };
  const repeat = error === undefined ? UNCERTAIN : error.repeat;
  const hindrance = hindranceOf(repeat, policy, situation);
  if (hindrance !== undefined) return { stop: hindrance };
  // Asked for what is allowed, so that a limit that is no number allows nothing.
  if (!(repeats + 1 < attempts)) return { stop: "attempts" };
  const told = error?.toldDelay(now);
  if (told !== undefined && !(told <= longestWait)) return { stop: "longest_wait" };
  const delay = told ?? Math.min(jittered(error?.backoff ?? DEFAULT_BACKOFF, repeats, random), longestWait);
  if (!(elapsed + delay <= total)) return { stop: "total" };
  // Who only reads needs none.
  return { delay, newKey: repeat?.kind === "new_key" && (situation.keyed || !situation.safe) };
}

/** Two minutes: more than the one that many limits count by. */
const LONGEST_WAIT = 120_000;

type Kind = Pick<Repeat, "kind">;

/** What a repeat does where nobody knows whether the request was carried out: it is safe with the same key. */
const UNCERTAIN: Kind = { kind: "idempotency_key" };

function hindranceOf(repeat: Kind | undefined, { duplicates }: RetryPolicy, { safe, keyed }: Situation): StopReason | undefined {
  if (safe || duplicates === true) return undefined;
  if (repeat?.kind === "duplicates") return "duplicates";
  return repeat?.kind === "idempotency_key" && !keyed ? "no_key" : undefined;
}
