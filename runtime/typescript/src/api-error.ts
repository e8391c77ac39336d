/** The class that the error of every API extends. */

import { BRAND, isApiError } from "./brand.js";
import { setOwn } from "./build.js";
import { Decimal } from "./number.js";
import { RawJson } from "./raw-json.js";
import type { PlainResponse, ResponseParts } from "./response.js";
import type { Repeat } from "./retry.js";
import type { Api, Backoff } from "./table.js";
import type { Values } from "./value.js";
import { View, viewOf } from "./view.js";
import type { Action, Category, Outcome, Verdict } from "./vocabulary.js";

/** The details of an error that has none. */
export type NoDetails = {};

/** The details of one of `Errors`, a mapping from code to details. */
export type DetailsOf<Errors, Code> = Code extends keyof Errors ? Errors[Code] : NoDetails;

/**
 * An error response of some API.
 *
 * Every package brings its own class that extends this one, such as `VivixError`; the type parameters are what that class knows
 * of its API. Nothing of the response is lost: `status`, `headers` and `bytes` are as they came.
 */
export class ApiError<
  Code extends string | undefined = string | undefined,
  Details = Values,
  Fields = Values,
  Cause extends string | undefined = string | undefined,
> extends Error {
  readonly #view: View;
  #otherErrors: readonly AnyApiError[] | undefined;

  protected constructor(api: Api, response: ResponseParts | View) {
    const view = response instanceof View ? response : viewOf(api, response);
    super(view.line);
    this.#view = view;
  }

  /** Any API's error is an `ApiError`, whichever package's it is: each package has an engine of its own. */
  static override [Symbol.hasInstance](this: unknown, value: unknown): boolean {
    if (this === ApiError) return isApiError(value);
    return Function.prototype[Symbol.hasInstance].call(this as Function, value);
  }

  /** The name of the class, which heads the stack. */
  override get name(): string {
    return "ApiError";
  }

  /** @internal */
  get [BRAND](): true {
    return true;
  }

  /** The id of the API: `vivix`. */
  get api(): string {
    return this.#view.api.id;
  }

  /** How much of the response was understood. */
  get outcome(): Outcome {
    return this.#view.outcome;
  }

  /**
   * The listed error that it is: its code, or the name of an error that has no code. Undefined for a code that the catalog does
   * not list.
   */
  get code(): Code {
    return this.#view.code as Code;
  }

  /** The code as sent, listed or not. The parts of a code are joined by `/`. */
  get rawCode(): string | undefined {
    return this.#view.rawCode;
  }

  /** Whether it is this listed error; `code` and `details` are then of its types. */
  is(code: string): boolean {
    return this.code === code;
  }

  /** Which of its error's causes it is, where the response tells. */
  get knownCause(): Cause {
    return this.#view.cause as Cause;
  }

  /** The error's own status where it tells one, else that of the response, where there was one. */
  get status(): number | undefined {
    return this.#view.status;
  }

  /** The status of the response, where there was one, whatever its errors say. */
  get httpStatus(): number | undefined {
    return this.#view.came.status;
  }

  /** The headers. */
  get headers(): Headers {
    return this.#view.came.headers;
  }

  /** The body as text, whole. What was not UTF-8 in it is U+FFFD. */
  get body(): string {
    return this.#view.came.body;
  }

  /** The body as it came. */
  get bytes(): Uint8Array {
    return this.#view.came.bytes;
  }

  /** Whether there was more of the body: it was longer than the limit, broke off, or was read before. */
  get truncated(): boolean {
    return this.#view.came.truncated;
  }

  /** The server's message, as sent. `message` is a line for logs that has it in a safe form. */
  get serverMessage(): string | undefined {
    return this.#view.message;
  }

  /** The id that support asks for. */
  get requestId(): string | undefined {
    return this.#view.requestId;
  }

  /** The other errors of the same response, where it has several: each with its own code, verdict and delay. */
  get otherErrors(): readonly AnyApiError[] {
    this.#otherErrors ??= this.#view.others.map((view) => another(this, view));
    return this.#otherErrors;
  }

  /** This error by itself, as if it were the only one of its response: what it says of repeating is its own. */
  get alone(): AnyApiError {
    return another(this, this.#view.alone);
  }

  /** Whether the request may be repeated. Of several errors the one that allows least decides. */
  get retry(): Verdict {
    return this.#view.retry;
  }

  /**
   * What must have happened before the same request can succeed, where `retry` is `conditional` and the package's texts are
   * loaded.
   */
  get condition(): string | undefined {
    return this.#view.condition;
  }

  /**
   * How long to wait before repeat number `attempt`, counted from 0, in milliseconds: the told delay, not clamped, else a
   * backoff with full jitter. Undefined where no repeat is in order. How often to repeat, and how long to wait at most, is
   * yours to say.
   */
  delay(attempt: number, now: number | Date = Date.now()): number | undefined {
    return this.#view.delay(attempt, Number(now));
  }

  /**
   * How long the response (or the catalog) tells to wait before a repeat, in milliseconds, not clamped. Undefined where
   * nothing is told, where what is told is malformed or past, and where a repeat cannot help. Of several errors the longest
   * wait counts.
   */
  toldDelay(now: number | Date = Date.now()): number | undefined {
    return this.#view.toldDelay(Number(now));
  }

  /** The backoff that the API documents for this error, whether or not a delay is told. */
  get backoff(): Backoff | undefined {
    return this.#view.backoff;
  }

  /** What sending the same request again does. */
  get repeat(): Repeat | undefined {
    return this.#view.repeat;
  }

  /**
   * What a person does about it: the server's own advice, else the catalog's, in Markdown, once the package's texts are loaded.
   */
  get remediation(): string | undefined {
    return this.#view.remediation;
  }

  /** When it happens, in Markdown, once the package's texts are loaded. */
  get description(): string | undefined {
    return this.#view.description;
  }

  /** What a program does about it. */
  get action(): Action | undefined {
    return this.#view.action;
  }

  /** The coarse kind of error, the same for all APIs. */
  get category(): Category {
    return this.#view.category;
  }

  /** The name of the group that its error is listed under. */
  get group(): string | undefined {
    return this.#view.group;
  }

  /** The provider's page that states it. */
  get docsUrl(): string | undefined {
    return this.#view.docsUrl;
  }

  /** The values that come with this error. */
  get details(): Details {
    return this.#view.details() as Details;
  }

  /** The values that every error of this API can come with, such as rate-limit headers. */
  get fields(): Fields {
    return this.#view.fields() as Fields;
  }

  /**
   * Odd things seen in the response: `missing-status`, `unexpected-status`, `empty-body`, `not-utf8`, `truncated-body`,
   * `unreadable-code`, `unlisted-part`, `too-many-errors`, `unreadable-delay`.
   */
  get notes(): readonly string[] {
    return this.#view.notes();
  }

  /**
   * The response as plain data that `structuredClone`, `postMessage` and JSON keep, headers and body included. The static `from` of
   * this error's class makes the error of it again: the first of the response, with the others in it.
   */
  toParts(): PlainResponse {
    return this.#view.came.plain(this.api);
  }

  /** What a log wants of it, without headers and body. Bigints are their digits. */
  toJSON(): { readonly [key: string]: unknown } {
    return {
      name: this.name,
      api: this.api,
      outcome: this.outcome,
      code: this.code,
      rawCode: this.rawCode,
      knownCause: this.knownCause,
      status: this.status,
      httpStatus: this.httpStatus,
      message: this.message,
      serverMessage: this.serverMessage,
      requestId: this.requestId,
      retry: this.retry,
      condition: this.condition,
      backoff: this.backoff,
      repeat: this.repeat,
      remediation: this.remediation,
      action: this.action,
      category: this.category,
      details: plain(this.details),
      fields: plain(this.fields),
      notes: this.notes,
      otherErrors: this.otherErrors.map((error) => error.toJSON()),
    };
  }
}

/** The error of any API, whichever package it is from. */
export type AnyApiError = Pick<ApiError, keyof ApiError>;

/** An error of the same class, but not from the constructor of a class that somebody made of it, which may want other arguments. */
function another({ constructor }: object, view: View): ApiError {
  return Reflect.construct(ApiError, [view.api, view], constructor) as ApiError;
}

/** `value` as JSON can say it; its depth is bounded where it is built. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date || value instanceof Decimal || value instanceof RawJson) return value;
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) setOwn(out, key, plain(inner));
  return out;
}
