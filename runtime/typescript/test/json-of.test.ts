import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonOf } from "../src/json-of.js";
import { Decimal } from "../src/number.js";
import { RawJson } from "../src/raw-json.js";

test("agrees with JSON.stringify", () => {
  class Point {
    constructor(readonly x: number) {}
    get y(): number {
      return 1;
    }
  }
  const values = [
    null,
    true,
    "a\n\"\u2028\ud800",
    -0,
    1.5,
    NaN,
    [],
    {},
    [undefined, () => 1, Symbol("x"), [null]],
    { a: undefined, b: () => 1, "c\n": [1, { d: "" }], e: {} },
    new Date(0),
    [new Date(NaN)],
    { toJSON: () => ({ a: [1] }) },
    new Map([[1, 2]]),
    new Point(1),
    JSON.parse('{"__proto__": {"a": 1}}'),
  ];
  for (const value of values) assert.equal(jsonOf(value), JSON.stringify(value));
  for (const value of [undefined, () => 1, Symbol("x")]) assert.equal(jsonOf(value), "");
});

test("numbers are as they were", () => {
  const value = { big: 9007199254740993n, decimal: new Decimal("0.10"), raw: new RawJson("[1, 2]"), list: [1n] };
  assert.equal(jsonOf(value), '{"big":9007199254740993,"decimal":0.10,"raw":[1, 2],"list":[1]}');
});

test("depth, cycles and faults are no danger", () => {
  const text = "[".repeat(100_000) + "]".repeat(100_000);
  assert.equal(jsonOf(JSON.parse(text)), text);
  const cycle: Record<string, unknown> = { again: [1], same: {} };
  cycle["self"] = { cycle };
  cycle["twice"] = cycle["same"];
  assert.equal(jsonOf(cycle), '{"again":[1],"same":{},"self":{"cycle":null},"twice":{}}');
  const broken = {
    get value(): never {
      throw new Error("no");
    },
  };
  assert.equal(jsonOf(broken), "");
});
