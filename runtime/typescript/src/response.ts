/** What an error is made from, whatever client it came with. */

import { base64Of, bytesOf } from "./base64.js";
import { viewOfBytes } from "./bytes.js";
import { Document } from "./document.js";
import { jsonOf } from "./json-of.js";
import { wellFormed } from "./json-string.js";

/** Headers as clients give them. */
export type HeadersInput =
  | Headers
  | Iterable<readonly [name: string, value: string]>
  | { readonly [name: string]: string | readonly string[] | undefined };

/** An error response whose body was read, or what is no HTTP response: a task's status, a webhook, an event of a stream. */
export interface ResponseParts {
  /** The status; left out for what is no HTTP response. */
  readonly status?: number | undefined;
  readonly headers?: HeadersInput | undefined;
  /** The body as it came: text, or the bytes of it. */
  readonly body?: string | Uint8Array | ArrayBuffer | undefined;
  /** The bytes of the body in base64, in place of `body`. */
  readonly bodyBase64?: string | undefined;
  /** Whether there was more of the body. */
  readonly truncated?: boolean | undefined;
}

/** A response as plain data, which `structuredClone`, `postMessage` and JSON keep as it is. */
export interface PlainResponse extends ResponseParts {
  /** The id of the API: `vivix`. */
  readonly api: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, where it is text. */
  readonly body?: string;
  /** The bytes of the body in base64, where it is no UTF-8. */
  readonly bodyBase64?: string;
}

/** What came, shared by all errors of one response. */
export class Came {
  readonly status: number | undefined;
  readonly headers: Headers;
  /** The body as text. What was not UTF-8 in it is U+FFFD. */
  readonly body: string;
  readonly isUtf8: boolean;
  /** Whether there was more of the body. */
  readonly truncated: boolean;
  readonly document: Document;
  /** The body as given, where its text does not say it all. */
  private readonly raw: string | Uint8Array | undefined;

  constructor({ status, headers, bodyBase64, body: given = bytesOf(bodyBase64), truncated }: ResponseParts) {
    const body = viewOfBytes(given) ?? (given as Exclude<typeof given, ArrayBuffer>);
    const { text, isUtf8 } = toText(body);
    this.status = toStatus(status);
    this.headers = toHeaders(headers);
    this.body = text;
    this.isUtf8 = isUtf8;
    this.truncated = truncated === true;
    if (!isUtf8) this.raw = body;
    this.document = new Document(this.headers, text);
  }

  /** The body as it came. */
  get bytes(): Uint8Array {
    const { raw } = this;
    return raw === undefined || typeof raw === "string" ? new TextEncoder().encode(this.body) : raw;
  }

  /** What it is made from again. */
  plain(api: string): PlainResponse {
    const { status, raw, truncated } = this;
    const body = this.isUtf8 || typeof raw === "string" ? { body: typeof raw === "string" ? raw : this.body } : { bodyBase64: base64Of(this.bytes) };
    return { api, ...(status !== undefined && { status }), headers: [...this.headers], ...body, ...(truncated && { truncated }) };
  }
}

/** A status as HTTP has them; fetch gives 0 where it hides it. */
function toStatus(status: number | undefined): number | undefined {
  return status !== undefined && Number.isInteger(status) && status > 0 && status < 65_536 ? status : undefined;
}

/** The headers as `Headers`. What no header can be is left out. */
export function toHeaders(input: HeadersInput | undefined): Headers {
  if (input instanceof Headers) return input;
  const headers = new Headers();
  for (const pair of pairs(input)) {
    try {
      const [name, value] = pair;
      if (value !== undefined) headers.append(name, value);
    } catch {
      // A name or value that no HTTP message can carry, or what is no pair.
    }
  }
  return headers;
}

function pairs(input: Exclude<HeadersInput, Headers> | undefined): Iterable<readonly [string, string]> {
  if (typeof input !== "object" || input === null) return [];
  if (isIterable(input)) return input;
  return Object.entries(input).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? (value as readonly string[]) : value === undefined ? [] : [value as string];
    return values.map((one) => [name, one] as const);
  });
}

function isIterable(input: object): input is Iterable<readonly [string, string]> {
  return Symbol.iterator in input;
}

/** The body as text, and whether it was UTF-8; what was not is U+FFFD. */
function toText(body: string | Uint8Array | undefined): { text: string; isUtf8: boolean } {
  if (body === undefined || body === null) return { text: "", isUtf8: true };
  if (typeof body === "string") {
    const text = wellFormed(body);
    return { text, isUtf8: text === body };
  }
  // What a client that parses has, from callers without types: as JSON, and never a fault of this function's.
  if (!ArrayBuffer.isView(body)) return { text: jsonOf(body), isUtf8: true };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body), isUtf8: true };
  } catch {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(body), isUtf8: false };
  }
}
