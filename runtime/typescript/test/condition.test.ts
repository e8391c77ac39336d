import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsAll, holdsOfCode } from "../src/condition.js";
import { Document } from "../src/document.js";
import type { Place, Test } from "../src/table.js";

const nothing = { code: [], message: undefined, path: undefined };

/** Whether a test holds of a text that is there. */
function holdsOf(what: Test, text: string): boolean {
  return holdsAll([["body", ...what]], new Document(new Headers(), text), nothing);
}

test("patterns", () => {
  const cases: [string, string, boolean][] = [
    ["Limit of * reached", "limit OF 500 reached", true],
    ["Limit of * reached", "Limit of reached", false],
    ["*frozen*", "account frozen.", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c", false],
    ["a*a", "a", false],
    ["**", "x", true],
    ["a", "ab", false],
  ];
  for (const [pattern, text, want] of cases) assert.equal(holdsOf(["pattern", pattern], text), want, `${pattern} ${text}`);
  assert.ok(holdsOfCode(["pattern", "*"], "") && holdsOfCode(["pattern", ""], ""));
});

test("ranges are of whole numbers", () => {
  const cases: [string, boolean][] = [
    ["200", true],
    ["299", true],
    ["0250", true],
    ["199", false],
    ["-250", false],
    ["+250", false],
    ["250.0", false],
    ["2e2", false],
    ["0x100", false],
    ["", false],
    ["-", false],
    ["99999999999999999999", false],
    [`${"0".repeat(1_000_000)}250`, true],
    ["2".repeat(10_000_000), false],
  ];
  for (const [text, want] of cases) assert.equal(holdsOfCode(["range", 200n, 299n], text), want, text.slice(0, 30));
  assert.ok(holdsOf(["range", -32099n, -32000n], "-32005"));
  assert.ok(holdsOf(["range", 0n, 0n], "-0"));
  const bounds = ["range", -(2n ** 63n), 2n ** 63n - 1n] as const;
  assert.ok(holdsOfCode(bounds, "9223372036854775807") && holdsOfCode(bounds, "-9223372036854775808"));
  assert.ok(!holdsOfCode(bounds, "9223372036854775808") && !holdsOfCode(bounds, "-9223372036854775809"));
});

test("case counts in codes", () => {
  const cases: [Test, string, boolean][] = [
    [["pattern", "upstream_*"], "upstream_502", true],
    [["pattern", "upstream_*"], "UPSTREAM_502", false],
    [["prefix", "08"], "08006", true],
    [["prefix", "x"], "X1", false],
    [["contains", "b"], "abc", true],
    [["contains", "b"], "aBc", false],
    [["equals", "a"], "a", true],
    [["not", "a"], "A", true],
    [["present", true], "", true],
  ];
  for (const [what, code, want] of cases) assert.equal(holdsOfCode(what, code), want, `${what} ${code}`);
});

test("tests of values", () => {
  const body = '{"m": "Account FROZEN É", "n": 0, "b": false, "null": null, "o": {}}';
  const document = new Document(new Headers({ "x-h": "yes" }), body);
  const said = { code: [{ json: '"a"' }, { json: "1" }], message: { text: "Too many." }, path: "/errors/0" };
  const cases: [Place, Test, boolean][] = [
    [["m"], ["contains", "frozen"], true],
    [["m"], ["contains", ""], true],
    [["m"], ["contains", "é"], false],
    [["m"], ["contains", "melted"], false],
    [["m"], ["prefix", "ACCOUNT f"], true],
    [["m"], ["prefix", "frozen"], false],
    [["m"], ["equals", "account frozen é"], false],
    [["m"], ["not", "x"], true],
    [["n"], ["equals", "0"], true],
    [["n"], ["not", "0"], false],
    [["b"], ["equals", "false"], true],
    [["null"], ["equals", "null"], false],
    [["null"], ["not", "x"], false],
    [["null"], ["present", true], false],
    [["no"], ["present", false], true],
    [["o"], ["present", true], true],
    [["o"], ["not", "x"], true],
    ["header:x-h", ["equals", "yes"], true],
    ["header:x-no", ["present", false], true],
    [["n"], ["range", 0n, 0n], true],
    [["o"], ["range", 0n, 9n], false],
    [{ of: ["m"], after: "Account " }, ["equals", "FROZEN É"], true],
    [{ of: ["o"], after: "" }, ["present", false], true],
    ["message", ["prefix", "too MANY"], true],
    [{ of: "message", before: " " }, ["equals", "Too"], true],
    ["code", ["equals", "a/1"], true],
    ["path", ["prefix", "/errors"], true],
    [{ of: "path", after: "errors/" }, ["range", 0n, 0n], true],
    [{ of: "code", after: "/" }, ["range", 1n, 1n], true],
  ];
  for (const [at, what, want] of cases) {
    assert.equal(holdsAll([[at, ...what]], document, said), want, `${JSON.stringify(at)} ${what}`);
  }
  assert.ok(holdsAll(undefined, document, nothing));
  assert.ok(!holdsAll([["message", "present", true]], document, nothing));
});

test("any case of a long text costs little", () => {
  const long = "Aé".repeat(2_000_000) + "A".repeat(2_000_000);
  const start = performance.now();
  assert.ok(!holdsOf(["pattern", "*b*"], long));
  assert.ok(performance.now() - start < 3000);
});
