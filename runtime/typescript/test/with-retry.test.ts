import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ApiError, withRetry, type Api, type Attempt, type Clock, type RetryEvent, type RetryOptions } from "../src/index.js";

const api: Api = {
  id: "demo",
  title: "Demo",
  shapes: [{ statuses: [[400, 599]], code: [[["code"]]] }],
  rows: [
    ["BUSY", 0, -1, 0, 0],
    ["NO", 0, -1, 0, 1],
    ["LOST", 0, -1, 0, 0, 0],
    ["STALE", 0, -1, 0, 0, 1],
    ["TWICE", 0, -1, 0, 0, 2],
  ],
  aliases: [],
  uncoded: [],
  statusSets: [null],
  retries: [
    { verdict: "retry", after: [["header:retry-after", "retry-after"]], backoff: { initialMs: 100, factor: 2, maxMs: 300 } },
    { verdict: "never" },
  ],
  groups: [],
  more: [
    { repeat: { kind: "idempotency_key", header: "Idempotency-Key" } },
    { repeat: { kind: "new_key", header: "Idempotency-Key" } },
    { repeat: { kind: "duplicates", text: 0 } },
  ],
  statuses: [],
  repeat: { kind: "safe" },
  sources: [""],
};

class DemoError extends ApiError {
  constructor(code: string, after?: string) {
    super(api, { status: 503, headers: { "retry-after": after }, body: JSON.stringify({ code }) });
  }
}

/** A clock that stands still but for the waits. */
class VirtualClock implements Clock {
  readonly waits: number[] = [];
  time = 0;
  private due: { readonly at: number; readonly call: () => void } | undefined;

  constructor(private readonly draw = 0.5) {}

  now = (): number => Date.UTC(2026, 0, 15) + this.time;
  monotonic = (): number => this.time;
  random = (): number => this.draw;
  sleep = (ms: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.pass(ms);
    return Promise.resolve();
  };
  timer = (ms: number, call: () => void): (() => void) => {
    this.due = { at: this.time + ms, call };
    return () => (this.due = undefined);
  };

  get hasTimer(): boolean {
    return this.due !== undefined;
  }

  pass(ms: number): void {
    this.time += ms;
    if (this.due !== undefined && this.time > this.due.at) this.due.call();
  }
}

interface Run {
  /** What came of it: a value, or the error that was thrown. */
  readonly result: unknown;
  readonly attempts: readonly Attempt[];
  readonly events: readonly RetryEvent[];
  readonly waits: readonly number[];
}

/** Runs a script: each attempt throws its error, those after the last give "ok". */
async function run(script: readonly unknown[], options: RetryOptions = {}, look = (_: Attempt): void => {}): Promise<Run> {
  const clock = new VirtualClock();
  const attempts: Attempt[] = [];
  const events: RetryEvent[] = [];
  const fn = (given: Attempt): string => {
    attempts.push(given);
    look(given);
    const error = script[attempts.length - 1];
    if (error !== undefined) throw error;
    return "ok";
  };
  const onRetry = (event: RetryEvent): void => void events.push(event);
  const result = await withRetry(fn, { clock, onRetry, ...options }).catch((error: unknown) => error);
  return { result, attempts, events, waits: clock.waits };
}

const keysSeen = (): [string[], (given: Attempt) => void] => {
  const keys: string[] = [];
  return [keys, ({ idempotencyKey }) => void keys.push(idempotencyKey())];
};

test("it goes on until there is a result, with the waits that are told or drawn", async () => {
  const script = [new DemoError("BUSY"), new DemoError("BUSY", "7"), new DemoError("BUSY")];
  const { result, attempts, events, waits } = await run(script);
  assert.equal(result, "ok");
  assert.deepEqual(waits, [50, 7000, 150]);
  assert.deepEqual(attempts.map(({ attempt }) => attempt), [0, 1, 2, 3]);
  assert.deepEqual(events, script.map((error, attempt) => ({ error, thrown: error, attempt, delay: waits[attempt] })));
});

test("an instant that is told is counted from the clock", async () => {
  const { waits } = await run([new DemoError("BUSY", "Thu, 15 Jan 2026 00:00:10 GMT"), new DemoError("BUSY", "Thu, 15 Jan 2026 00:00:15 GMT")]);
  assert.deepEqual(waits, [10_000, 5000]);
});

test("what is no error of an API is thrown as it is", async () => {
  for (const thrown of [new TypeError("fetch failed"), new DOMException("gone", "AbortError"), "text", null]) {
    const { result, attempts, waits } = await run([thrown, thrown]);
    assert.deepEqual([result, attempts.length, waits.length], [thrown, 1, 0]);
  }
});

test("the last error is thrown as it is", async () => {
  const error = new DemoError("NO");
  const { result, attempts, events } = await run([new DemoError("BUSY"), error]);
  assert.deepEqual([result, attempts.length, events.length], [error, 2, 1]);
});

test("attempts and time are limited", async () => {
  const always = Array.from({ length: 9 }, () => new DemoError("BUSY", "10"));
  const ends = async (options: RetryOptions): Promise<[boolean, number, number]> => {
    const { result, attempts, waits } = await run(always, options);
    return [result === always[attempts.length - 1], attempts.length, waits.length];
  };
  assert.deepEqual(await ends({}), [true, 4, 3]);
  assert.deepEqual(await ends({ attempts: 2 }), [true, 2, 1]);
  assert.deepEqual(await ends({ total: 20_000 }), [true, 3, 2]);
  assert.deepEqual(await ends({ total: 9999 }), [true, 1, 0]);
});

test("time is counted from the first attempt, waits or not", async () => {
  const clock = new VirtualClock();
  let count = 0;
  const slow = (): never => {
    count++;
    clock.pass(400);
    throw new DemoError("BUSY", "1");
  };
  await assert.rejects(withRetry(slow, { clock, total: 3500 }), DemoError);
  assert.deepEqual([count, clock.waits], [3, [1000, 1000]]);
});

test("what makes another one is not repeated, unless that was asked for or it only reads", async () => {
  const count = async (options: RetryOptions): Promise<number> => (await run([new DemoError("TWICE")], options, keysSeen()[1])).attempts.length;
  assert.equal(await count({}), 1);
  assert.equal(await count({ duplicates: true }), 2);
  assert.equal(await count({ method: "get" }), 2);
  assert.equal(await count({ method: "POST" }), 1);
  assert.equal(await count({ method: "DELETE" }), 1);
});

test("an uncertain outcome is repeated with the same key, where there was one", async () => {
  const [keys, look] = keysSeen();
  assert.equal((await run([new DemoError("LOST"), new DemoError("BUSY"), new DemoError("LOST")], {}, look)).result, "ok");
  assert.equal(keys.length, 4);
  assert.equal(new Set(keys).size, 1);
  assert.equal((await run([new DemoError("LOST")])).attempts.length, 1, "nobody asked for the key");
  assert.equal((await run([new DemoError("LOST")], { method: "GET" })).attempts.length, 2);
});

test("an error that needs a new key gets one, and it stays", async () => {
  const [keys, look] = keysSeen();
  await run([new DemoError("STALE"), new DemoError("LOST")], { idempotencyKey: "mine" }, look);
  const [first, second, third] = keys;
  assert.deepEqual([first, third], ["mine", second]);
  assert.match(second ?? "", /^[0-9a-f-]{36}$/);
  const [others, lookAgain] = keysSeen();
  await run([], {}, lookAgain);
  assert.ok(!keys.includes(others[0] ?? ""), "each call has a key of its own");
});

test("what may have been carried out gets no new key, unless that was asked for", async () => {
  const stale = new DemoError("STALE");
  const unanswered = (thrown: unknown) => thrown instanceof TypeError;
  for (const lost of [new DemoError("LOST"), new TypeError("fetch failed")]) {
    const [keys, look] = keysSeen();
    const { result } = await run([lost, stale], { unanswered }, look);
    assert.deepEqual([result, keys.length, new Set(keys).size], [stale, 2, 1]);
    const [others, lookAgain] = keysSeen();
    assert.equal((await run([lost, stale], { unanswered, duplicates: true }, lookAgain)).result, "ok");
    assert.deepEqual([others.length, new Set(others).size], [3, 2]);
    assert.equal((await run([lost, stale], { unanswered, method: "GET" })).result, "ok");
  }
});

test("a key that was given out in one attempt was not sent in the next", async () => {
  const { attempts } = await run([new DemoError("BUSY"), new DemoError("LOST")], {}, (given) => void (given.attempt === 0 && given.idempotencyKey()));
  assert.equal(attempts.length, 2);
});

test("aborting a wait rejects at once with the reason", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const fn = (): never => {
    throw new DemoError("BUSY", "100");
  };
  const onRetry = () => setImmediate(() => controller.abort(reason));
  await assert.rejects(withRetry(fn, { signal: controller.signal, onRetry }), (error) => error === reason);
});

test("nothing begins once it is aborted", async () => {
  const reason = new Error("enough");
  const { result, attempts } = await run([], { signal: AbortSignal.abort(reason) });
  assert.deepEqual([result, attempts.length], [reason, 0]);
  const controller = new AbortController();
  const look = () => controller.abort(reason);
  const during = await run([new DemoError("BUSY")], { signal: controller.signal }, look);
  assert.deepEqual([during.result, during.events.length, during.waits.length], [reason, 0, 0]);
  const told = await run([new DemoError("NO")], { signal: AbortSignal.any([controller.signal]) });
  assert.equal(told.result, reason);
});

test("an answer that came in spite of it counts", async () => {
  const controller = new AbortController();
  assert.equal((await run([], { signal: controller.signal }, () => controller.abort())).result, "ok");
  const final = new DemoError("NO");
  const late = new AbortController();
  assert.equal((await run([final], { signal: late.signal }, () => late.abort())).result, final);
});

test("a sleep that does not look at the signal is followed by no attempt", async () => {
  const controller = new AbortController();
  const clock = new VirtualClock();
  clock.sleep = () => Promise.resolve(controller.abort("late"));
  const { result, attempts } = await run([new DemoError("BUSY")], { signal: controller.signal, clock });
  assert.deepEqual([result, attempts.length], ["late", 1]);
});

test("the hook is waited for, and what it throws ends it", async () => {
  const order: string[] = [];
  const onRetry = async (): Promise<void> => {
    await new Promise(setImmediate);
    order.push("hook");
  };
  await run([new DemoError("BUSY")], { onRetry }, () => order.push("attempt"));
  assert.deepEqual(order, ["attempt", "hook", "attempt"]);
  const no = new Error("no more");
  const { result, attempts } = await run([new DemoError("BUSY")], { onRetry: () => Promise.reject(no) });
  assert.deepEqual([result, attempts.length], [no, 1]);
});

test("without a signal an attempt is given one that stays calm", async () => {
  const { attempts } = await run([new DemoError("BUSY")]);
  assert.ok(attempts.every(({ signal }) => signal instanceof AbortSignal && !signal.aborted));
});

test("a copy of what an attempt is given counts as no key sent", async () => {
  const { attempts } = await run([new DemoError("LOST")], {}, (given) => void { ...given });
  assert.equal(attempts.length, 1);
});

test("a server that tells a long wait gets no repeat, unless the caller has as much time", async () => {
  const error = new DemoError("BUSY", "86400");
  const { result, attempts } = await run([error]);
  assert.deepEqual([result, attempts.length], [error, 1]);
  assert.deepEqual((await run([error], { longestWait: 86_400_000 })).waits, [86_400_000]);
});

test("no response is followed by a repeat where that was asked for, and makes nothing twice", async () => {
  const gone = new TypeError("fetch failed");
  const unanswered = (thrown: unknown): boolean => thrown === gone;
  const count = async (options: RetryOptions, look?: (given: Attempt) => void): Promise<number> =>
    (await run([gone, gone], options, look)).attempts.length;
  assert.equal(await count({ method: "GET" }), 1);
  assert.equal(await count({ method: "GET", unanswered }), 3);
  assert.equal(await count({ method: "POST", unanswered }), 1);
  assert.equal(await count({ method: "POST", unanswered, duplicates: true }), 3);
  assert.equal(await count({ method: "POST", unanswered, attempts: 2 }, keysSeen()[1]), 2);
  const [keys, look] = keysSeen();
  const { events, waits } = await run([gone, new DemoError("LOST")], { method: "POST", unanswered }, look);
  assert.deepEqual([keys.length, new Set(keys).size], [3, 1]);
  assert.deepEqual(events.map(({ error, thrown }) => [error === undefined, thrown === gone]), [[true, true], [false, false]]);
  assert.deepEqual(waits, [500, 100]);
});

test("a mistake in the attempt is none", async () => {
  const mistake = new RangeError("oh");
  const { result, attempts } = await run([mistake], { method: "GET", unanswered: (thrown) => thrown instanceof TypeError });
  assert.deepEqual([result, attempts.length], [mistake, 1]);
});

test("the total time ends an attempt that hangs, whether it looks at its signal or not", async () => {
  for (const deaf of [true, false]) {
    const clock = new VirtualClock();
    const hang = ({ signal }: Attempt): Promise<never> =>
      new Promise((_, reject) => {
        if (!deaf) signal.addEventListener("abort", () => reject(signal.reason));
        setImmediate(() => clock.pass(5001));
      });
    await assert.rejects(withRetry(hang, { clock, total: 5000 }), { name: "TimeoutError", message: "the total time of 5000 ms is over" });
  }
});

test("so it does by the clock of the platform", async () => {
  await assert.rejects(withRetry(() => new Promise(() => setTimeout(() => undefined, 1000)), { total: 1 }), { name: "TimeoutError" });
});

test("it ends a hook that hangs", async () => {
  const clock = new VirtualClock();
  const onRetry = (): Promise<never> => new Promise(() => setImmediate(() => clock.pass(5001)));
  await assert.rejects(withRetry(() => Promise.reject(new DemoError("BUSY", "1")), { clock, total: 5000, onRetry }), { name: "TimeoutError" });
});

test("a wait that does not fit any more when the hook is done is not begun", async () => {
  const clock = new VirtualClock();
  const error = new DemoError("BUSY", "3");
  const onRetry = (): void => clock.pass(2500);
  await assert.rejects(withRetry(() => Promise.reject(error), { clock, total: 5000, onRetry }), (thrown) => thrown === error);
  assert.deepEqual(clock.waits, []);
});

test("aborting ends an attempt that does not look at its signal", async () => {
  const controller = new AbortController();
  const hang = (): Promise<never> => new Promise(() => setImmediate(() => controller.abort("enough")));
  await assert.rejects(withRetry(hang, { signal: controller.signal }), (thrown) => thrown === "enough");
});

test("what is aborted by the attempt or the hook itself is ended, too", async () => {
  const pending = (): Promise<never> => new Promise(() => undefined);
  for (const total of [undefined, 60_000]) {
    const clock = new VirtualClock();
    const [first, second] = [new AbortController(), new AbortController()];
    const attempt = (): Promise<never> => {
      first.abort("enough");
      return pending();
    };
    await assert.rejects(withRetry(attempt, { clock, total, signal: first.signal }), (thrown) => thrown === "enough");
    const onRetry = (): Promise<never> => {
      second.abort("enough");
      return pending();
    };
    const failing = (): Promise<never> => Promise.reject(new DemoError("BUSY", "1"));
    await assert.rejects(withRetry(failing, { clock, total, signal: second.signal, onRetry }), (thrown) => thrown === "enough");
  }
});

test("calls with the same signal share one listener, and all are ended by it", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 20 }, (_, i) =>
    withRetry(() => (i % 2 === 0 ? i : new Promise<never>(() => undefined)), { signal }).catch((thrown: unknown) => thrown),
  );
  assert.equal(getEventListeners(signal, "abort").length, 1);
  setImmediate(() => controller.abort("enough"));
  assert.deepEqual(await Promise.all(calls), Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? i : "enough")));
  const calm = new AbortController();
  await Promise.all([1, 2].map((i) => withRetry(() => i, { signal: calm.signal })));
  assert.equal(getEventListeners(calm.signal, "abort").length, 0);
});

test("a total time that is none ends an attempt that hangs", async () => {
  for (const total of [0, -1, Number.NaN]) {
    const keepAlive = setTimeout(() => undefined, 60_000);
    await assert.rejects(withRetry(() => new Promise(() => undefined), { total }), { name: "TimeoutError" });
    clearTimeout(keepAlive);
  }
});

test("an empty key is none", async () => {
  const keys: string[] = [];
  await withRetry(({ idempotencyKey }) => keys.push(idempotencyKey()), { idempotencyKey: "" });
  assert.match(keys[0] ?? "", /^[0-9a-f-]{36}$/);
});

test("when it is over, nothing of it is left", async () => {
  const clock = new VirtualClock();
  const { signal } = new AbortController();
  let listeners = 0;
  const watched = new Proxy(signal, {
    get(target, name) {
      if (name === "addEventListener") listeners++;
      if (name === "removeEventListener") listeners--;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const given: AbortSignal[] = [];
  await withRetry((attempt) => given.push(attempt.signal), { clock, signal: watched, total: 5000 });
  assert.deepEqual([listeners, clock.hasTimer, given[0]?.aborted], [0, false, false]);
});

/** A response that has come as far as its headers, as fetch gives it. */
function unread(signal: AbortSignal): Response {
  return new Response(new ReadableStream({ start: (stream) => signal.addEventListener("abort", () => stream.error(signal.reason)) }));
}

test("a response that is handed on unread still ends with the caller's signal", async () => {
  const controller = new AbortController();
  const given: AbortSignal[] = [];
  const response = await withRetry(
    ({ signal }) => {
      given.push(signal);
      return unread(signal);
    },
    { signal: controller.signal, total: 50 },
  );
  const reading = response.text();
  const first = await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 100, "waits"))]);
  assert.equal(first, "waits", "the total time is that of the call");
  controller.abort("enough");
  await assert.rejects(reading, (thrown) => thrown === "enough");
  assert.equal(given[0]?.reason, "enough");
});

test("a signal that outlives the responses lets go of them", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { signal } = new AbortController();
  const responses: Response[] = [];
  for (let i = 0; i < 10; i++) responses.push(await withRetry((attempt) => unread(attempt.signal), { signal }));
  assert.equal(getEventListeners(signal, "abort").length, 1);
  responses.length = 0;
  for (let i = 0; i < 50 && getEventListeners(signal, "abort").length > 0; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("a total time that is over says what was thrown last", async () => {
  const busy = new DemoError("BUSY", "1");
  const clock = new VirtualClock();
  const fn = ({ attempt }: Attempt): Promise<never> => {
    if (attempt === 0) throw busy;
    setImmediate(() => clock.pass(60_000));
    return new Promise(() => undefined);
  };
  const thrown: unknown = await withRetry(fn, { clock, total: 5000 }).catch((thrown: unknown) => thrown);
  assert.ok(thrown instanceof DOMException);
  assert.deepEqual([thrown.name, (thrown as { cause?: unknown }).cause], ["TimeoutError", busy]);
});
