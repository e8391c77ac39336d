/**
 * The shape of the tables that generated packages hold: plain data, written by the generator, read by the engine.
 *
 * Rows refer to shared parts by index, and {@link NONE} stands for none, so that a row is one short line. What is left out of
 * an object has its usual value: no conditions, no fields, nothing documented.
 */

import type { Action, Verdict } from "./vocabulary.js";

/** The index that stands for "none". */
export const NONE = -1;

/** Everything that a catalog says of one API, but for its texts. */
export interface Api {
  /** Lower-case name of the API: `vivix`. */
  readonly id: string;
  /** Name as people write it. */
  readonly title: string;
  /** The shapes of an error response, in the order in which they are tried. */
  readonly shapes: readonly Shape[];
  /** One row an error, in catalog order. */
  readonly rows: readonly Row[];
  /** Further codes, each with the index of the row that it means. */
  readonly aliases: readonly (readonly [code: string, row: number])[];
  /**
   * Where codes have parts, those with a `/` within a part: the index of the code, in `rows` and then in `aliases`, and which of
   * its `/`, counted from 0, join two parts. In all other codes each does.
   */
  readonly slashed?: readonly (readonly [code: number, joints: readonly number[]])[];
  /** Codes that are known by their class, the most specific first; left out where there are none. */
  readonly classes?: readonly Class[];
  /** Rows without a code on the wire, the most specific first. */
  readonly uncoded: readonly number[];
  /** What rows say of their statuses. */
  readonly statusSets: readonly Statuses[];
  /** What rows say of retrying. */
  readonly retries: readonly Retry[];
  /** Headings. */
  readonly groups: readonly (readonly [name: string, title: string])[];
  /** What only some rows have. */
  readonly more: readonly More[];
  /** What a status means by itself. */
  readonly statuses: readonly Status[];
  /** Backoff of the API, where one is documented. */
  readonly backoff?: Backoff;
  /** What a repeated request does. */
  readonly repeat?: RepeatRule;
  /** Where the server's own retry verdict stands, in order; left out where it has none. */
  readonly overrides?: readonly Override[];
  /** Pages that the facts come from; the first is the one of rows that name none. */
  readonly sources: readonly string[];
}

/**
 * Codes that are known by their class, `08*` or 200 to 299: the index of the row that they mean, then a test of each part of
 * the code. Case counts, as codes are kept as they are.
 */
export type Class = readonly [row: number, ...parts: Test[]];

/** Where the server's own retry verdict stands, and what it says there. */
export interface Override {
  /** Where. */
  readonly at: Place;
  /** The values that mean that the request may be repeated. */
  readonly retry: readonly string[];
  /** The values that mean that it may not. */
  readonly never: readonly string[];
}

/**
 * One error: the code on the wire, its parts joined by `/` (or the name of an error that has none, or of a class of them), then
 * indexes of `statusSets`, of `groups`, the action (0 for none), indexes of `retries` and of `more`.
 */
export type Row = readonly [
  code: string,
  statuses: number,
  group: number,
  action: Action | 0,
  retry: number,
  more?: number,
];

/** One shape of an error response. */
export interface Shape extends Contents {
  /** Statuses that carry it; 0 for what is no HTTP response. */
  readonly statuses: readonly StatusRange[];
  /** Further errors of the same response. */
  readonly errors?: Several;
}

/** Several errors in one response. */
export interface Several {
  /** Where each of them stands. */
  readonly at: readonly Step[];
  /**
   * Which of them the response is known by: the `first` (the response's own code comes before all), the `last`, or the
   * `innermost` of a chain, each link of which tells the one before it more precisely. That one alone decides about retrying.
   * One that is listed goes before one that is not.
   */
  readonly primary: "first" | "last" | "innermost";
  /** What each of them looks like. Its places are looked for within the error. */
  readonly shape: Contents;
}

/** A step of the way to one of several errors: to this key or index, to each, or to anything at any depth, here included. */
export type Step = string | readonly ["*" | "**"];

/** What a response holds, and each of several errors in one. */
export interface Contents {
  /** What must hold in it. */
  readonly gate?: readonly Condition[];
  /** Where each part of the code stands, the coarsest first; left out for an API without codes. Four at most. */
  readonly code?: readonly (readonly Place[])[];
  /** Where the error's own status stands, where it is not the response's. */
  readonly ownStatus?: readonly Place[];
  /** Where the message for people stands. */
  readonly message?: readonly Place[];
  /** Where the server's own advice stands. */
  readonly remediation?: readonly Place[];
  /** Where the id of the request stands. */
  readonly requestId?: readonly Place[];
  /** Further values of every error. */
  readonly fields?: readonly Field[];
}

/**
 * Where a value stands in a response: at these keys and indices of the JSON of the error, which is the body unless there are
 * several errors; at those of the whole body; in the header of this lower-case name; in the whole body as text; where the shape
 * has its message; in the code, its parts joined by `/`; in the JSON Pointer of one of several errors in the body; or in a part
 * of the text at a place.
 */
export type Place =
  | readonly string[]
  | { readonly whole: readonly string[] }
  | `header:${string}`
  | "body"
  | "message"
  | "code"
  | "path"
  | Cut;

/**
 * A part of a text: what stands behind one mark (or from the beginning) and before another (or up to the end). It is absent
 * where the first mark is, or where nothing is left.
 */
export interface Cut {
  /** Where the text stands. */
  readonly of: Place;
  /** The mark that it begins behind. */
  readonly after?: string;
  /** The mark that it ends before, or the end of the text. */
  readonly before?: string;
  /** Where what counts stands in the JSON that the part is: a text, number or truth value at these keys and indices. */
  readonly json?: readonly string[];
}

/** What must stand at a place; numbers and booleans count as their text. */
export type Condition = readonly [at: Place, ...test: Test];

/**
 * A test of a value. `equals` and `not` compare as written, `contains`, `prefix` and `pattern` in any case of ASCII letters; in
 * a `pattern`, `*` stands for anything; a `range` is of whole numbers, the last one included; `present` asks whether there is a
 * value other than null.
 */
export type Test =
  | readonly ["equals" | "not" | "contains" | "prefix" | "pattern", string]
  | readonly ["range", bigint, bigint]
  | readonly ["present", boolean];

/** What only some errors have. */
export interface More {
  /** Conditions of an error without a code, none for a class of codes; left out for an error with a code. */
  readonly conditions?: readonly Condition[];
  /** Causes that a response tells apart, the most specific first. */
  readonly causes?: readonly Cause[];
  /** Further values. */
  readonly fields?: readonly Field[];
  /** What a repeat does after this error. */
  readonly repeat?: RepeatRule;
  /** Index of `sources`, 0 where left out. */
  readonly source?: number;
}

/** One of several causes of an error. */
export interface Cause {
  /** Name in the catalog. */
  readonly name: string;
  /** What must hold. */
  readonly conditions?: readonly Condition[];
  /** Statuses that it is sent with; left out where the error's hold. */
  readonly statuses?: readonly StatusRange[];
  /** What a program does about it, where it is not what the error says. */
  readonly action?: Action;
  /** Index of `retries`, where the error does not decide. */
  readonly retry?: number;
  /** What a repeat does after it, where that is not what the error says. */
  readonly repeat?: RepeatRule;
}

/** What a status means by itself. */
export interface Status {
  /** The status, or a class of them. */
  readonly range: StatusRange;
  /** What a program does about it. */
  readonly action?: Action;
  /** Index of `retries`. */
  readonly retry?: number;
  /** What a repeat does after it. */
  readonly repeat?: RepeatRule;
}

/** The statuses of an error; `"none"` where it is never an HTTP response, `null` where no source says. */
export type Statuses = readonly StatusRange[] | "none" | null;

/** One status, or the statuses from the first to the last. */
export type StatusRange = number | readonly [first: number, last: number];

/** Whether and when a request may be repeated. */
export interface Retry {
  readonly verdict: Verdict;
  /** Where the delay is told, in order. */
  readonly after?: readonly Delay[];
  /** What applies where nothing is told, if it is not the API's backoff. */
  readonly backoff?: Backoff;
}

/** Exponential backoff. Waits are drawn with full jitter: anything from zero to the wait of the attempt. */
export interface Backoff {
  /** Longest wait before the first repeat, in milliseconds. */
  readonly initialMs: number;
  /** How many times as long the next one is. */
  readonly factor: number;
  /** Longest wait of all, in milliseconds. */
  readonly maxMs: number;
}

/**
 * A source of the delay before a repeat: always so many milliseconds, told by the response, computed from several values of it,
 * or the longest that any of several tells.
 */
export type Delay = number | Timing | Computed | { readonly longest: readonly Delay[] };

/** A delay or an instant that the response tells, in this form. */
export type Timing = readonly [at: Place, form: Form];

/** A delay that is computed: a value less another, divided by a rate. */
export interface Computed {
  /** The value. */
  readonly of: Timing;
  /** What is taken off. */
  readonly minus?: Timing;
  /** What the rest is divided by: so much comes back each second. */
  readonly per?: Place;
}

/**
 * The form of a delay or an instant.
 *
 * - `retry-after`: whole seconds or an HTTP-date (RFC 9110, section 10.2.3)
 * - `seconds`, `minutes`, `milliseconds`: whole digits
 * - `decimal-seconds`: digits, perhaps with a fraction
 * - `http-date`: an instant in one of the three forms of RFC 9110, section 5.6.7
 * - `epoch-seconds`, `epoch-milliseconds`: an instant counted from 1970-01-01T00:00:00Z
 * - `iso8601`: an instant with its offset (RFC 3339)
 * - `duration`: numbers with units, such as `1h30m`, `6m0s`, `20ms`
 */
export type Form =
  | "retry-after"
  | "seconds"
  | "decimal-seconds"
  | "minutes"
  | "milliseconds"
  | "http-date"
  | "epoch-seconds"
  | "epoch-milliseconds"
  | "iso8601"
  | "duration";

/** What sending the same request again does; what it makes another one of stands with the texts. */
export type RepeatRule =
  | { readonly kind: "safe" }
  | { readonly kind: "duplicates"; readonly text: number }
  | { readonly kind: "idempotency_key" | "new_key"; readonly header: string };

/** A typed value that comes with an error: the first of the places that holds one of its kind. */
export type Field = readonly [name: string, at: readonly Place[], kind: Kind];

/** The type of a field; a list may say the type of its items. `any` is JSON of any type. */
export type Kind =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "object"
  | "any"
  | readonly ["timestamp", Form]
  | readonly ["list", Kind?];

/** Whether it is a shape of what is no HTTP response. */
export function isOfEvents(shape: Shape | undefined): boolean {
  return shape !== undefined && includesStatus(shape.statuses, 0);
}

/** Whether `status` is one of the ranges. */
export function includesStatus(ranges: readonly StatusRange[], status: number): boolean {
  return ranges.some((range) => inRange(range, status));
}

/** Whether all of `other` are in `range`. */
export function covers(range: StatusRange, other: StatusRange): boolean {
  const [first, last] = typeof other === "number" ? [other, other] : other;
  return inRange(range, first) && inRange(range, last);
}

/** Whether `status` is in the range. */
export function inRange(range: StatusRange, status: number): boolean {
  return typeof range === "number" ? range === status : range[0] <= status && status <= range[1];
}
