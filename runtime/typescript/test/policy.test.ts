/** The vectors that Rust runs too: see tests/vectors/policy. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decide, type Decisive, type RetryPolicy } from "../src/policy.js";
import { newKey } from "../src/idempotency-key.js";
import type { Repeat } from "../src/retry.js";

interface Vector {
  readonly name: string;
  /** None where there was no response. */
  readonly error: {
    readonly verdict: Decisive["retry"];
    readonly told_ms?: number;
    readonly backoff?: { readonly initial_ms: number; readonly factor: number; readonly max_ms: number };
    readonly repeat?: "safe" | { readonly [kind: string]: string };
  } | null;
  readonly policy?: {
    readonly attempts?: number;
    readonly longest_wait_ms?: number;
    readonly total_ms?: number;
    readonly unanswered?: boolean;
    readonly duplicates?: boolean;
  };
  readonly request?: { readonly safe?: boolean; readonly keyed?: boolean };
  readonly repeats?: number;
  readonly elapsed_ms?: number;
  readonly random?: number;
  readonly expect: { readonly wait_ms: number; readonly new_key?: boolean } | { readonly stop: string };
}

// From build/test, where the compiled tests stand.
const file = new URL("../../../../tests/vectors/policy/decisions.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];
const KEYS = ["name", "error", "policy", "request", "repeats", "elapsed_ms", "random", "expect"];

function errorOf({ verdict, told_ms, backoff, repeat }: NonNullable<Vector["error"]>): Decisive {
  const [kind, said] = typeof repeat === "object" ? (Object.entries(repeat)[0] ?? []) : [repeat];
  return {
    retry: verdict,
    toldDelay: () => told_ms,
    backoff: backoff && { initialMs: backoff.initial_ms, factor: backoff.factor, maxMs: backoff.max_ms },
    repeat: kind === undefined ? undefined : ({ kind, [kind === "duplicates" ? "what" : "header"]: said } as Repeat),
  };
}

const calm = { repeats: 0, elapsed: 0, now: 0, safe: false, keyed: false, random: 0.5 };

assert.ok(vectors.length > 30);
for (const vector of vectors) {
  test(vector.name, () => {
    for (const key of Object.keys(vector)) assert.ok(KEYS.includes(key), `the key ${key} is not looked at`);
    const { error, policy, request = {}, repeats = 0, elapsed_ms: elapsed = 0, random = 0.5, expect } = vector;
    const allowed: RetryPolicy = {
      attempts: policy?.attempts,
      longestWait: policy?.longest_wait_ms,
      total: policy?.total_ms,
      unanswered: policy?.unanswered === true ? () => true : undefined,
      duplicates: policy?.duplicates,
    };
    const decision = decide(error === null ? undefined : errorOf(error), allowed, { ...calm, ...request, repeats, elapsed, random });
    const expected = "stop" in expect ? expect : { delay: expect.wait_ms, newKey: expect.new_key ?? false };
    assert.deepEqual(decision, expected);
  });
}

test("limits that are no numbers allow nothing", () => {
  const error = errorOf({ verdict: "retry", told_ms: 1 });
  assert.deepEqual(decide(error, { attempts: Number.NaN }, calm), { stop: "attempts" });
  assert.deepEqual(decide(error, { total: Number.NaN }, calm), { stop: "total" });
  assert.deepEqual(decide(error, { longestWait: Number.NaN }, calm), { stop: "longest_wait" });
  assert.deepEqual(decide(error, { attempts: Number.POSITIVE_INFINITY }, { ...calm, repeats: 1e6 }), { delay: 1, newKey: false });
});

test("keys are random UUIDs, also where a page did not come by HTTPS", (t) => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const own = newKey();
  assert.match(own, uuid);
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  t.after(() => Reflect.deleteProperty(crypto, "randomUUID"));
  assert.equal(crypto.randomUUID, undefined);
  const keys = Array.from({ length: 200 }, newKey);
  for (const key of keys) assert.match(key, uuid);
  assert.equal(new Set([...keys, own]).size, 201);
  assert.equal(new Set(keys.map((key) => key.charAt(19))).size, 4);
});
