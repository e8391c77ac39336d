/**
 * Delays and instants as servers write them.
 *
 * All of it is in whole milliseconds, rounded up so that nobody comes back too early, and bounded by 2^53 - 1 so that every
 * language gives the same answer. What is out of bounds is unreadable.
 */

import { httpDate, iso8601 } from "./instant.js";
import { digitsEnd } from "./json.js";
import type { Form } from "./table.js";

/** What a text told: to wait so many milliseconds, or to wait until so many milliseconds after the epoch. */
export type Told = { readonly delay: number } | { readonly instant: number };

/** The wait from `now`, in milliseconds after the epoch; past and zero mean none. */
export function waitOf(told: Told, now: number): number | undefined {
  const ms = "delay" in told ? told.delay : told.instant - Math.floor(now);
  return ms > 0 && ms < Infinity ? ms : undefined;
}

/** Reads `text`; undefined where it is not well formed. */
export function readForm(form: Form, text: string): Told | undefined {
  switch (form) {
    case "retry-after":
      return readForm("seconds", text) ?? readForm("http-date", text);
    case "seconds":
      return asDelay(whole(text, 1000));
    case "milliseconds":
      return asDelay(whole(text, 1));
    case "decimal-seconds":
      return asDelay(decimalSeconds(text));
    case "duration":
      return asDelay(duration(text));
    case "http-date":
      return asInstant(httpDate(text));
    case "epoch-seconds":
      return asInstant(whole(text, 1000));
    case "epoch-milliseconds":
      return asInstant(whole(text, 1));
    case "iso8601":
      return asInstant(iso8601(text));
  }
}

function asDelay(delay: number | undefined): Told | undefined {
  return delay === undefined ? undefined : { delay };
}

function asInstant(instant: number | undefined): Told | undefined {
  return instant === undefined ? undefined : { instant };
}

/** Whole ASCII digits, nothing else, times `unit` milliseconds. */
function whole(text: string, unit: number): number | undefined {
  if (text === "" || digitsEnd(text, 0) !== text.length) return undefined;
  const n = Number(text);
  return n <= Math.floor(Number.MAX_SAFE_INTEGER / unit) ? n * unit : undefined;
}

function decimalSeconds(text: string): number | undefined {
  return bounded(amount(text, 1_000_000_000n));
}

// In an order in which a unit comes before those that it begins with.
const UNITS: readonly (readonly [string, bigint])[] = [
  ["ms", 1_000_000n],
  ["us", 1_000n],
  ["µs", 1_000n],
  ["ns", 1n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n],
  ["d", 86_400_000_000_000n],
];

/** Numbers with units, as Go prints durations: `1h30m`, `6m0s`, `1.5s`, `20ms`. */
function duration(text: string): number | undefined {
  let total = 0n;
  for (let at = 0; at < text.length; ) {
    const end = numberLikeEnd(text, at);
    const unit = UNITS.find(([name]) => text.startsWith(name, end));
    if (unit === undefined) return undefined;
    const nanos = amount(text.slice(at, end), unit[1]);
    if (nanos === undefined) return undefined;
    total += nanos;
    at = end + unit[0].length;
  }
  return text === "" ? undefined : bounded(total);
}

/** Where the digits and points that begin at `at` end. */
function numberLikeEnd(text: string, at: number): number {
  let end = digitsEnd(text, at);
  while (text.charAt(end) === ".") end = digitsEnd(text, end + 1);
  return end;
}

/** The decimal number that `text` is, times `unit` nanoseconds, rounded up. */
function amount(text: string, unit: bigint): bigint | undefined {
  const wholeEnd = digitsEnd(text, 0);
  const nanos = parse(text.slice(0, wholeEnd));
  if (nanos === undefined) return undefined;
  if (wholeEnd === text.length) return nanos * unit;
  const fraction = text.slice(wholeEnd + 1);
  const parts = digitsEnd(fraction, 0) === fraction.length ? parse(fraction) : undefined;
  if (text.charAt(wholeEnd) !== "." || parts === undefined) return undefined;
  return nanos * unit + ceilDiv(parts * unit, 10n ** BigInt(fraction.length));
}

/** Up to 18 digits: more would be no delay that anybody means. */
function parse(digits: string): bigint | undefined {
  return digits === "" || digits.length > 18 ? undefined : BigInt(digits);
}

function bounded(nanos: bigint | undefined): number | undefined {
  if (nanos === undefined) return undefined;
  const ms = ceilDiv(nanos, 1_000_000n);
  return ms <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(ms) : undefined;
}

function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
