/** What is sent again, after which waits and with which keys, over real sockets and a clock that does not tick. */
import assert from "node:assert/strict";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { after, test } from "node:test";
import { VicseeError } from "../../../generated/typescript/vicsee-errors/index.js";
import { VivixError, withRetry, type RetryOptions } from "../../../generated/typescript/vivix-errors/index.js";
import { WubbleError } from "../../../generated/typescript/wubble-errors/index.js";
import { casePackages, errorClass, packages, type ErrorClass } from "./packages.js";
import { listen, type PlainReply } from "./server.js";
import { readVectors, type Vector } from "./vector.js";
import { VirtualClock } from "./virtual-clock.js";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const is = <T extends true>(_?: T): void => {};

const server = await listen();
after(() => server.close());
const DRAW = 0.5;

/** How a request is sent. */
interface Sent {
  readonly options: RetryOptions;
  /** The header for an idempotency key, where one is sent. */
  readonly header?: string | undefined;
}

interface Outcome {
  readonly requests: number;
  readonly waits: readonly number[];
  readonly keys: readonly unknown[];
  readonly ended: boolean;
}

/** Sends requests until that is over. */
async function send(type: ErrorClass, { options, header }: Sent, now: string): Promise<Outcome> {
  const clock = new VirtualClock(Date.parse(now), DRAW);
  const ended = await withRetry(
    async (given) => {
      const headers: [string, string][] = header === undefined ? [] : [[header, given.idempotencyKey()]];
      const response = await type.check(await fetch(server.url, { method: options.method ?? "POST", headers, redirect: "manual", signal: given.signal }));
      await response.arrayBuffer();
    },
    { longestWait: Infinity, ...options, clock },
  ).then(() => true, (error: unknown) => (assert.ok(error instanceof Error && "rawCode" in error, String(error)), false));
  const keys = server.asked.map(({ headers }) => headers[header?.toLowerCase() ?? ""]);
  return { requests: server.asked.length, waits: clock.waits, keys, ended };
}

/** The parts of what a vector expects that decide about a repeat. */
interface Expected {
  readonly outcome: string;
  readonly retry: string;
  readonly delay_seconds?: number;
  readonly backoff?: { readonly initial_seconds: number; readonly factor: number; readonly max_seconds: number };
  readonly repeat?: "safe" | { readonly duplicates?: string; readonly idempotency_key?: string; readonly new_key?: string };
}

function mayRepeat({ retry, repeat }: Expected, { options, header }: Sent): boolean {
  if (retry !== "retry") return false;
  if (typeof repeat !== "object" || options.method === "GET" || options.duplicates === true) return true;
  return repeat.duplicates === undefined && (repeat.idempotency_key === undefined || header !== undefined);
}

function waitOf({ delay_seconds, backoff }: Expected, repeat: number): number {
  const ms = Math.round((delay_seconds ?? 0) * 1000);
  // At the bound of delays a number of seconds does not hold its milliseconds.
  if (delay_seconds !== undefined) return ms > 2 ** 53 - 1000 ? Number.MAX_SAFE_INTEGER : ms;
  const { initial_seconds, factor, max_seconds } = backoff ?? { initial_seconds: 1, factor: 2, max_seconds: 30 };
  return Math.floor(DRAW * (Math.floor(Math.min(initial_seconds * factor ** repeat, max_seconds) * 1000) + 1));
}

async function check(type: ErrorClass, vector: Vector, reply: PlainReply, sent: Sent): Promise<void> {
  const expect = vector.expect as unknown as Expected;
  server.answer(reply, reply);
  const { requests, waits, keys, ended } = await send(type, sent, vector.now);
  const isError = expect.outcome !== "not_error";
  const repeats = isError && mayRepeat(expect, sent);
  assert.deepEqual([requests, waits], repeats ? [3, [waitOf(expect, 0), waitOf(expect, 1)]] : [1, []]);
  assert.equal(ended, repeats || !isError);
  if (sent.header === undefined || !repeats) return;
  const isNew = typeof expect.repeat === "object" && expect.repeat.new_key !== undefined;
  assert.equal(new Set(keys).size, isNew ? 3 : 1);
}

/** A vector as a server can answer it. */
function replyOf({ status = 0, headers, body, body_base64 }: Vector): PlainReply | undefined {
  try {
    for (const [name, values] of Object.entries(headers)) {
      validateHeaderName(name);
      for (const value of [values].flat()) validateHeaderValue(name, value);
    }
  } catch {
    return undefined;
  }
  const hasBody = status >= 200 && status <= 599 && ![204, 205, 304].includes(status);
  return hasBody ? { status, headers, body: body_base64 === undefined ? (body ?? "") : Buffer.from(body_base64, "base64") } : undefined;
}

for (const name of [...packages, ...casePackages]) {
  test(`what ${name} repeats, and when`, async () => {
    const type = await errorClass(name);
    const folder = packages.includes(name) ? "../../vectors" : "../../cases/decode/vectors";
    const vectors = readVectors(new URL(`${folder}/${name.replace("-errors", ".json")}`, import.meta.url));
    const ways: Sent[] = [{ options: {} }, { options: { method: "GET" } }, { options: { duplicates: true } }];
    if (type.idempotencyHeader !== undefined) ways.push({ options: {}, header: type.idempotencyHeader });
    let count = 0;
    for (const vector of vectors) {
      const reply = replyOf(vector);
      if (reply === undefined) continue;
      count++;
      for (const way of ways) {
        await check(type, vector, reply, way).catch((error: unknown) => assert.fail(`${vector.name}, ${JSON.stringify(way)}: ${String(error)}`));
      }
    }
    assert.ok(count >= vectors.length / 2, `${count} of ${vectors.length}`);
  });
}

test("the header for keys is a type where it is documented", () => {
  const { idempotencyHeader } = WubbleError;
  is<Same<typeof idempotencyHeader, "Idempotency-Key">>();
  assert.equal(idempotencyHeader, "Idempotency-Key");
  const none = VivixError.idempotencyHeader;
  is<Same<typeof none, undefined>>();
  // @ts-expect-error: a header that there is not
  const headers: Record<string, string> = { [VivixError.idempotencyHeader]: "k" };
  assert.deepEqual(headers, { undefined: "k" });
});

test("what comes out is of the function's type, and what is thrown narrows", async () => {
  server.answer({ status: 500, body: '{"error": "INTERNAL_ERROR"}' }, { status: 403, body: '{"error": "MODEL_NOT_ALLOWED", "model": "m1"}' });
  const clock = new VirtualClock(0, 0);
  const seen: string[] = [];
  const call = async (): Promise<number> => {
    const status = await withRetry(async ({ signal }) => (await VivixError.check(await fetch(server.url, { signal }))).status, {
      method: "GET",
      clock,
      onRetry: ({ error, attempt, delay }) => {
        is<Same<typeof delay, number>>();
        if (error instanceof VivixError && error.is("INTERNAL_ERROR")) seen.push(`${error.code} ${attempt} ${delay}`);
      },
    });
    is<Same<typeof status, number>>();
    return status;
  };
  try {
    assert.fail(`${await call()}`);
  } catch (error) {
    assert.ok(error instanceof VivixError && error.is("MODEL_NOT_ALLOWED"));
    is<Same<typeof error.details.model, string | undefined>>();
    assert.equal(error.details.model, "m1");
  }
  assert.deepEqual(seen, ["INTERNAL_ERROR 0 0"]);
  assert.equal(await call(), 204);
});

test("one loop repeats for the APIs of several packages", async () => {
  const clock = new VirtualClock(0, 0);
  server.answer({ status: 429, headers: { "retry-after": "2" }, body: "{}" }, { status: 503, body: '{"error": "PROVIDER_DOWN"}' });
  const types = [VicseeError, VivixError] as const;
  const { status } = await withRetry(async ({ attempt }) => (types[attempt] ?? VivixError).check(await fetch(server.url)), { clock, method: "GET" });
  assert.deepEqual([status, server.asked.length, clock.waits[1]], [204, 3, 60_000]);
});

test("aborting ends a request that is under way, and a wait", async () => {
  const reason = new Error("enough");
  const abortsAt = (controller: AbortController, options: RetryOptions = {}) =>
    withRetry(async ({ signal }) => VivixError.check(await fetch(server.url, { signal })), { ...options, method: "GET", signal: controller.signal });
  const during = new AbortController();
  server.answer(() => during.abort(reason));
  await assert.rejects(abortsAt(during), (error) => error === reason);
  const waiting = new AbortController();
  server.answer({ status: 503, body: '{"error": "PROVIDER_DOWN"}' });
  await assert.rejects(abortsAt(waiting, { onRetry: () => setImmediate(() => waiting.abort(reason)) }), (error) => error === reason);
  assert.equal(server.asked.length, 1);
});

test("the waits are of real time where nobody brings a clock", async () => {
  const start = performance.now();
  server.answer({ status: 429, headers: { "retry-after": "1" }, body: "{}" });
  const { status } = await withRetry(async () => VivixError.check(await fetch(server.url)), { method: "GET" });
  assert.equal(status, 204);
  assert.ok(performance.now() - start >= 1000, "never sooner than told");
});
