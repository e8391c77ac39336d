/**
 * Delays and instants as servers write them.
 *
 * All of it is in whole milliseconds, rounded up so that nobody comes back too early, and bounded by 2^53 - 1 so that every
 * language gives the same answer. What is longer counts as that.
 */

import { httpDate, iso8601 } from "./instant.js";
import { digitsEnd } from "./scanner.js";
import type { Form } from "./table.js";

/** What a text told: to wait so many milliseconds, or to wait until so many milliseconds after the epoch. */
export type Told = { readonly delay: number } | { readonly instant: number };

/** The milliseconds from `now`, itself so many after the epoch; negative for what is past. */
export function msOf(told: Told, now: number): number {
  const ms = "delay" in told ? told.delay : told.instant - Math.floor(now);
  // No number, or no end, is what a caller's clock gave.
  return Number.isFinite(ms) ? ms : 0;
}

/** Reads `text`; undefined where it is not well formed. */
export function readForm(form: Form, text: string): Told | undefined {
  switch (form) {
    case "retry-after":
      return readForm("seconds", text) ?? readForm("http-date", text);
    case "seconds":
      return asDelay(whole(text, 1000));
    case "minutes":
      return asDelay(whole(text, 60_000));
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
  return Math.min(Number(text) * unit, Number.MAX_SAFE_INTEGER);
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

/** A positive number of milliseconds divided by a decimal rate, rounded up; undefined where the rate is none or zero. */
export function divide(ms: number, rate: string): number | undefined {
  const scale = 1_000_000_000n;
  const divisor = amount(rate, scale);
  if (divisor === undefined || divisor === 0n) return undefined;
  return safe(ceilDiv(BigInt(ms) * scale, divisor));
}

function bounded(nanos: bigint | undefined): number | undefined {
  return nanos === undefined ? undefined : safe(ceilDiv(nanos, 1_000_000n));
}

function safe(ms: bigint): number {
  return Math.min(Number(ms), Number.MAX_SAFE_INTEGER);
}

function ceilDiv(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
