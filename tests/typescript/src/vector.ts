/** A response, and what it becomes: the form that Rust and the command read too. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AnyApiError } from "../../../generated/typescript/vivix-errors/index.js";
import { parseExact } from "./exact.js";
import type { ErrorClass } from "./packages.js";
import { report, withoutNothing } from "./report.js";

/** A response, and what it becomes. */
export interface Vector {
  readonly name: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly body_base64?: string;
  readonly now: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const KEYS = ["name", "status", "headers", "body", "body_base64", "now", "expect"];

/** The vectors of a file. */
export function readVectors(file: string | URL): Vector[] {
  return parseExact(readFileSync(file, "utf8")) as Vector[];
}

/** Fails where an error class makes something else of a response than is expected. */
export async function check(type: ErrorClass, vector: Vector): Promise<void> {
  for (const key of Object.keys(vector)) assert.ok(KEYS.includes(key), `the key ${key} is not looked at`);
  for (const [from, error] of await decoded(type, vector)) {
    assert.deepEqual(report(error, vector.now), expected(vector), `from ${from}`);
    for (const one of [error, ...error.otherErrors]) checkDelay(one, Date.parse(vector.now));
  }
  for (const [from, event] of events(type, vector)) {
    const none = vector.expect["outcome"] === "not_error";
    assert.deepEqual(event && report(event, vector.now), none ? undefined : expected(vector), `from ${from} of an event`);
  }
}

/** The error of a vector, decoded from all that its body can be given as. */
async function decoded(type: ErrorClass, vector: Vector): Promise<[from: string, error: AnyApiError][]> {
  const { status, headers, body, body_base64 } = vector;
  const bytes = body_base64 === undefined ? new TextEncoder().encode(body) : new Uint8Array(Buffer.from(body_base64, "base64"));
  const all: [string, AnyApiError][] = [["bytes", type.from({ status, headers, body: bytes })]];
  all.push(["a buffer", type.from({ status, headers, body: bytes.slice().buffer })]);
  if (body !== undefined) all.push(["text", type.from({ status, headers, body })]);
  if (status !== undefined && status !== 204 && status !== 304) {
    const pairs = Object.entries(headers).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one]));
    all.push(["fetch", await type.fromResponse(new Response(bytes, { status, headers: pairs }))]);
  }
  return all;
}

/** The same of what is no HTTP response. */
function events(type: ErrorClass, { status, headers, body = "" }: Vector): [from: string, error: AnyApiError | undefined][] {
  if (status !== undefined || body === "") return [];
  const bytes = new TextEncoder().encode(body);
  return [
    ["text", type.fromEvent(body, headers)],
    ["bytes", type.fromEvent(bytes, headers)],
    ["a buffer", type.fromEvent(bytes.buffer, headers)],
  ];
}

/** What is expected, but for the names of Rust's variants. */
function expected({ expect }: Pick<Vector, "expect">): unknown {
  const { name: _, errors = [], ...rest } = expect;
  const others = (errors as Vector["expect"][]).map((expect) => expected({ expect }));
  return withoutNothing({ ...rest, errors: others });
}

/** What holds for the delay of any error: the told one, else one within the backoff, else none. */
function checkDelay(error: AnyApiError, now: number): void {
  const told = error.toldDelay(now);
  for (const attempt of [0, 1, 40]) {
    const delay = error.delay(attempt, now);
    if (told !== undefined || error.retry !== "retry") assert.equal(delay, told);
    else {
      const { initialMs, factor, maxMs } = error.backoff ?? { initialMs: 1000, factor: 2, maxMs: 30_000 };
      assert.ok(delay !== undefined && Number.isInteger(delay));
      assert.ok(delay >= 0 && delay <= Math.min(maxMs, initialMs * factor ** attempt));
    }
  }
}
