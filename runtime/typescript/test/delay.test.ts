import assert from "node:assert/strict";
import { test } from "node:test";
import { hear, longest } from "../src/delay.js";
import { Document } from "../src/document.js";
import type { Delay } from "../src/table.js";

const NOW = 1_000_000;
const headers = new Headers({
  "retry-after": "7",
  "x-reset": "1060",
  "x-now": "1000",
  "x-bad": "soon",
  "x-past": "900",
});
const body = JSON.stringify({ need: 51, have: "1", rate: 50, slow: "0.5", none: 0, list: [], null: null, text: "in 5s" });
const said = { code: [{ json: '"limit_20ms"' }], message: { text: "Try again in 1m30s." }, path: undefined };

function check(sources: readonly Delay[], wait: number | undefined, unreadable = false): void {
  const heard = hear(sources, new Document(headers, body), said, NOW);
  assert.deepEqual(heard, { wait, unreadable }, JSON.stringify(sources));
}

test("the first source that is there and well formed counts", () => {
  check([], undefined);
  check([["header:x-none", "seconds"], ["header:retry-after", "retry-after"], 5], 7_000);
  check([["header:x-bad", "seconds"], 5_000], 5_000, true);
  check([[["null"], "seconds"]], undefined);
  check([[["list"], "seconds"]], undefined, true);
  check([["header:x-past", "epoch-seconds"], 5_000], undefined);
  check([[["need"], "minutes"]], 3_060_000);
  check([[{ of: "message", after: " in ", before: "." }, "duration"]], 90_000);
  check([[{ of: "code", after: "_" }, "duration"]], 20);
  check([[{ of: ["text"], after: "in " }, "duration"]], 5_000);
});

test("what is written in another of the forms that are listed for its place was readable", () => {
  const seconds = [["text"], "seconds"] as const;
  check([["header:x-bad", "seconds"], ["header:x-bad", "iso8601"]], undefined, true);
  check([["header:retry-after", "iso8601"], ["header:retry-after", "seconds"]], 7_000);
  check([[{ of: ["text"], after: "in " }, "seconds"], [{ of: ["text"], after: "in " }, "duration"]], 5_000);
  check([["header:retry-after", "iso8601"], seconds, ["header:retry-after", "seconds"]], 7_000, true);
  check([["header:retry-after", "iso8601"], { of: ["header:retry-after", "seconds"] }], 7_000, true);
});

test("computed: less another, divided by a rate", () => {
  const of = [["need"], "seconds"] as const;
  check([{ of }], 51_000);
  check([{ of, minus: [["have"], "seconds"] }], 50_000);
  check([{ of, minus: [["have"], "seconds"], per: ["rate"] }], 1_000);
  check([{ of, per: ["slow"] }], 102_000);
  check([{ of: [["have"], "seconds"], minus: of }], undefined, false);
  check([{ of: [["have"], "seconds"], minus: of, per: ["rate"] }, 5], undefined);
  const reset = ["header:x-reset", "epoch-seconds"] as const;
  check([{ of: reset }], 60_000);
  check([{ of: reset, minus: ["header:x-now", "epoch-seconds"], per: ["rate"] }], 1_200);
});

test("what a computed delay lacks makes it absent, what is not well formed unreadable", () => {
  const of = [["need"], "seconds"] as const;
  check([{ of: [["no"], "seconds"], per: ["none"] }, 5], 5);
  check([{ of, minus: [["no"], "seconds"] }, 5], 5);
  check([{ of, minus: ["header:x-bad", "seconds"], per: ["no"] }, 5], 5);
  check([{ of: ["header:x-bad", "seconds"], minus: [["have"], "seconds"] }, 5], 5, true);
  check([{ of, minus: ["header:x-bad", "seconds"] }, 5], 5, true);
  check([{ of, minus: ["header:x-now", "epoch-seconds"] }, 5], 5, true);
  check([{ of: ["header:x-now", "epoch-seconds"], minus: of }, 5], 5, true);
  check([{ of, per: ["none"] }, 5], 5, true);
  check([{ of, per: ["list"] }, 5], 5, true);
  check([{ of: [["have"], "seconds"], minus: of, per: ["none"] }, 5], 5, true);
});

test("the longest of several", () => {
  const after: Delay = ["header:retry-after", "seconds"];
  const reset: Delay = ["header:x-reset", "epoch-seconds"];
  check([{ longest: [after, reset, ["header:x-none", "seconds"]] }], 60_000);
  check([{ longest: [["header:x-bad", "seconds"], after] }, 5], 7_000, true);
  check([{ longest: [["header:x-bad", "seconds"]] }, 5], 5, true);
  check([{ longest: [["header:x-none", "seconds"]] }, 5], 5);
  check([{ longest: [["header:x-past", "epoch-seconds"]] }, 5], undefined);
  check([{ longest: [{ of: [["need"], "seconds"], per: ["slow"] }, reset] }], 102_000);
});

test("of all errors the longest wait counts", () => {
  const heard = (wait?: number, unreadable = false) => ({ wait, unreadable });
  assert.deepEqual(longest([]), heard());
  assert.deepEqual(longest([heard(), heard(5), heard(3)]), heard(5));
  assert.deepEqual(longest([heard(undefined, true), heard()]), heard(undefined, true));
});

test("a clock that is none tells no wait", () => {
  const sources: Delay[] = [{ of: ["header:x-reset", "epoch-seconds"], per: ["rate"] }];
  for (const now of [NaN, Infinity, -Infinity]) {
    assert.equal(hear(sources, new Document(headers, body), said, now).wait, undefined);
  }
});
