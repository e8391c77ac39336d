import assert from "node:assert/strict";
import { test } from "node:test";
import { collect, type Collected } from "../src/collect.js";
import type { Step } from "../src/table.js";

/** What is collected, which is all. */
function all(body: string, steps: readonly Step[]): string[] {
  const collected = collect(body, steps, asItIs);
  assert.ok(collected?.all);
  return [...collected.found];
}

/** How many were kept, whether they are all, and the first. */
function counted(collected: Collected<string> | undefined): unknown {
  return collected && [collected.found.length, collected.all, collected.found[0]];
}

const asItIs = (json: string): string => json;
const EACH: Step = ["*"];
const DEEP: Step = ["**"];

test("each item of a list or member of an object", () => {
  const body = '{"items": [{"a": 1}, {"b": 2}], "other": [3], "*": 4}';
  assert.deepEqual(all(body, ["items", EACH]), ['{"a": 1}', '{"b": 2}']);
  assert.deepEqual(all(body, ["items", EACH, EACH]), ["1", "2"]);
  assert.deepEqual(all(body, [EACH, "0"]), ['{"a": 1}', "3"]);
  assert.deepEqual(all(body, ["items", "01"]), []);
  assert.deepEqual(all(body, ["none", EACH]), []);
  assert.deepEqual(all(body, ["*"]), ["4"], "a key, not a step");
  assert.deepEqual(all("[]", [EACH]), []);
  assert.deepEqual(all(' \uFEFF[ 1 ,"a" ]'.trimStart(), [EACH]), ["1", '"a"']);
  assert.deepEqual(all('{"\\u0061": [1], "a": [2]}', ["a", EACH]), ["1", "2"], "duplicate keys");
  assert.deepEqual(all('{"__proto__": [1], "toString": 2}', ["__proto__", EACH]), ["1"]);
});

test("at any depth", () => {
  const chain = '{"inner": {"n": 1, "inner": {"o": {"inner": 3}}}}';
  assert.deepEqual(all(chain, [DEEP, "inner"]), [
    '{"n": 1, "inner": {"o": {"inner": 3}}}',
    '{"o": {"inner": 3}}',
    "3",
  ]);
  const tree = '{"e": {"x": {"_": [1, 2]}, "y": {"0": {"_": [3]}}, "_": [4]}, "_": [5]}';
  assert.deepEqual(all(tree, ["e", DEEP, "_", EACH]), ["1", "2", "3", "4"]);
  assert.deepEqual(all("7", [DEEP]), ["7"]);
  assert.deepEqual(all("[[1]]", [DEEP, DEEP]), ["[[1]]", "[1]", "1"]);
});

test("paths are JSON Pointers", () => {
  const paths = (body: string, steps: readonly Step[]) => collect(body, steps, (_, path) => [path])?.found.flat();
  const body = '{"a/b": [{"~": 1}], "\\u0063": {"x": 2, "x": 3}}';
  assert.deepEqual(paths(body, [EACH, DEEP]), ["/a~1b", "/a~1b/0", "/a~1b/0/~0", "/c", "/c/x", "/c/x"]);
  assert.deepEqual(paths("[]", []), [""]);
  const long = (length: number) => paths(JSON.stringify({ ["é".repeat(length)]: 1 }), [EACH])?.[0]?.length;
  assert.deepEqual([long(4095), long(4096)], [4096, undefined]);
});

test("as many steps as there can be", () => {
  const body = "[".repeat(33) + "1" + "]".repeat(33);
  assert.deepEqual(all(body, Array(32).fill(EACH)), ["[1]"]);
  assert.deepEqual(all(body, Array(40).fill(EACH)), ["[1]"], "what is beyond does not count");
  assert.deepEqual(all(body, Array(32).fill(DEEP)).length, 33);
});

test("depth and malformed bodies are no danger", () => {
  const deep = "[".repeat(100_000) + "1" + "]".repeat(100_000);
  assert.equal(all(deep, [DEEP]).length, 33);
  for (const body of ["", "[1, {", "[1] 2", "[1,]", "<html>"]) {
    assert.equal(collect(body, [EACH], asItIs), undefined, body);
  }
});

test("more than ten thousand are not kept", () => {
  for (const body of [`[${"1,".repeat(2_000_000)}1]`, `{${'"a":1,'.repeat(1_000_000)}"a":1}`]) {
    assert.deepEqual(counted(collect(body, [DEEP, EACH], asItIs)), [10_000, false, "1"]);
  }
  assert.equal(all(`[${"1,".repeat(9_999)}1]`, [EACH]).length, 10_000);
});

test("only what is kept counts", () => {
  const numbers = (body: string) => collect(body, [DEEP], (json) => (/^\d/.test(json) ? json : undefined));
  const others = "[null],".repeat(20_000);
  assert.deepEqual(numbers(`[${others} [1, [2]], ${others} 3]`), { found: ["1", "2", "3"], all: true });
  for (const [count, isAll] of [[10_000, true], [10_001, false], [10_005, false]] as const) {
    const body = `[[${others} 7${",8".repeat(count - 1)}], null]`;
    assert.deepEqual(counted(numbers(body)), [10_000, isAll, "7"]);
  }
  // The list is kept when it ends, after all that is in it.
  const list = `[1${",1".repeat(10_000)}]`;
  assert.deepEqual(counted(collect(list, [DEEP], asItIs)), [10_000, false, list]);
});
