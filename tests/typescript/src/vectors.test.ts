/** The vectors that Rust and the command run too: see tests/vectors. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import type { AnyApiError, Backoff, Repeat } from "../../../generated/typescript/vivix-errors/index.js";
import { parseExact, plain } from "./exact.js";
import { casePackages, errorClass, importTexts, packages, type ErrorClass } from "./packages.js";

interface Vector {
  readonly name: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly body_base64?: string;
  readonly now: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const KEYS = ["name", "status", "headers", "body", "body_base64", "now", "expect"];
const vectorFile = (name: string) => new URL(`../../vectors/${name}`, import.meta.url);
const caseFile = (name: string) => new URL(`../../cases/decode/vectors/${name}`, import.meta.url);

test("every package has its vectors, and every vector its package", () => {
  const ofVectors = [vectorFile(""), caseFile("")].flatMap((folder) => readdirSync(folder)).map((file) => file.replace(".json", "-errors"));
  assert.deepEqual(ofVectors.sort(), [...packages, ...casePackages].sort());
});

for (const name of [...packages, ...casePackages]) {
  test(`vectors of ${name}`, async (t) => {
    const type = await errorClass(name);
    await importTexts(name);
    const vectors = parseExact(readFileSync((packages.includes(name) ? vectorFile : caseFile)(name.replace("-errors", ".json")), "utf8")) as Vector[];
    assert.ok(vectors.length >= 12);
    for (const vector of vectors) {
      await t.test(vector.name, async () => {
        for (const key of Object.keys(vector)) assert.ok(KEYS.includes(key), `the key ${key} is not looked at`);
        for (const [from, error] of await decoded(type, vector)) {
          assert.deepEqual(report(error, vector.now), expected(vector), `from ${from}`);
          for (const one of [error, ...error.errors]) checkDelay(one, Date.parse(vector.now));
        }
        for (const [from, event] of events(type, vector)) {
          const none = vector.expect["outcome"] === "not_error";
          assert.deepEqual(event && report(event, vector.now), none ? undefined : expected(vector), `from ${from} of an event`);
        }
      });
    }
  });
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
  if (status !== undefined || Object.keys(headers).length > 0 || body === "") return [];
  const bytes = new TextEncoder().encode(body);
  return [
    ["text", type.fromEvent(body)],
    ["bytes", type.fromEvent(bytes)],
    ["a buffer", type.fromEvent(bytes.buffer)],
  ];
}

/** What is expected, but for the names of Rust's variants. */
function expected({ expect }: Pick<Vector, "expect">): unknown {
  const { name: _, errors = [], ...rest } = expect;
  const others = (errors as Vector["expect"][]).map((expect) => expected({ expect }));
  return withoutNothing({ ...rest, errors: others });
}

/** What `errbook decode` would print. */
function report(error: AnyApiError, now: string): unknown {
  const delay = error.toldDelay(new Date(now));
  return withoutNothing({
    outcome: error.outcome,
    code: error.rawCode,
    cause: error.knownCause,
    status: error.status,
    message: error.serverMessage,
    request_id: error.requestId,
    retry: error.retry,
    delay_seconds: delay === undefined ? undefined : delay / 1000,
    backoff: delay === undefined && error.backoff ? backoff(error.backoff) : undefined,
    when: error.condition,
    remediation: error.remediation,
    action: error.action,
    repeat: error.repeat && repeat(error.repeat),
    fields: plain({ ...error.fields, ...error.details }),
    errors: error.errors.map((other) => report(other, now)),
    notes: error.notes,
  });
}

function backoff({ initialMs, factor, maxMs }: Backoff): unknown {
  return { initial_seconds: initialMs / 1000, factor, max_seconds: maxMs / 1000 };
}

function repeat(rule: Repeat): unknown {
  if (rule.kind === "safe") return "safe";
  return { [rule.kind]: "header" in rule ? rule.header : rule.what };
}

/** An object without what is null or empty, as vectors have it. */
function withoutNothing(object: object): unknown {
  const isNothing = (value: unknown) =>
    value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !isNothing(value)));
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
