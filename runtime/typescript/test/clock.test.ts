import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { CLOCK } from "../src/clock.js";

const signal = (): AbortSignal => new AbortController().signal;

test("a wait is never shorter than it was to be", async () => {
  for (const ms of [0, 1, 2, 3, 5, 8, 13, 0.5]) {
    const start = CLOCK.monotonic();
    await CLOCK.sleep(ms, signal());
    assert.ok(CLOCK.monotonic() - start >= ms, `${ms} ms`);
  }
});

test("a wait can be longer than a timer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const longest = 2 ** 31 - 1;
  let done = false;
  const wait = CLOCK.sleep(longest + 1000, signal()).then(() => (done = true));
  for (const [ms, after] of [[longest, false], [1000, false], [1, true]] as const) {
    t.mock.timers.tick(ms);
    await new Promise(setImmediate);
    assert.equal(done, after, `after ${ms} more`);
  }
  await wait;
});

test("aborting ends a wait at once, and leaves nothing behind", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const wait = CLOCK.sleep(2 ** 40, controller.signal);
  assert.equal(getEventListeners(controller.signal, "abort").length, 1);
  assert.ok(process.getActiveResourcesInfo().includes("Timeout"));
  controller.abort(reason);
  await assert.rejects(wait, (error) => error === reason);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  assert.ok(!process.getActiveResourcesInfo().includes("Timeout"));
});

test("a wait that has ended leaves nothing behind either", async () => {
  const controller = new AbortController();
  await CLOCK.sleep(1, controller.signal);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
});

test("no wait begins once it is aborted", async () => {
  await assert.rejects(CLOCK.sleep(2 ** 40, AbortSignal.abort(7)), (error) => error === 7);
});
