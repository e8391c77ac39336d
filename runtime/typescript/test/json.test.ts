import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "../src/build.js";
import { isBlank, items, scan, type Path } from "../src/json.js";
import { stringText } from "../src/json-string.js";
import { Decimal, integerOf, numberOf } from "../src/number.js";
import { RawJson } from "../src/raw-json.js";

/** What stands at the path: undefined for nothing, "malformed" for a body that is no JSON. */
function find(body: string, path: Path): string | undefined {
  const found = scan(body, [path]);
  return found === undefined ? "malformed" : found[0];
}

test("a star is any key or index", () => {
  const body = '{"a": [{"x": null}, {"y": 1}, {"x": 2}, {"x": 3}], "b": {"c": {"x": 4}}}';
  const paths = [["a", "*", "x"], ["b", "*", "x"], ["*", "*", "x"], ["a", "*", "z"], ["a", "*"]];
  assert.deepEqual(scan(body, paths), ["2", "4", "2", undefined, '{"x": null}']);
});

test("finds values by path", () => {
  const body = ' {"a": {"b": [10, {"c": "x"}], "a/b": null}, "\\u0061b": true} ';
  const cases: [Path, string | undefined][] = [
    [["a", "b", "0"], "10"],
    [["a", "b", "1", "c"], '"x"'],
    [["a", "b", "01"], undefined],
    [["a", "b", "2"], undefined],
    [["a", "a/b"], "null"],
    [["ab"], "true"],
    [[], body.trim()],
    [["a", "b"], '[10, {"c": "x"}]'],
    [Array(33).fill("a"), undefined],
  ];
  for (const [path, want] of cases) assert.equal(find(body, path), want, path.join("/"));
  const all = scan(
    body,
    cases.map(([path]) => path),
  );
  assert.deepEqual(
    all,
    cases.map(([, want]) => want),
    "one pass finds them all",
  );
  assert.equal(find("\uFEFF[1]", ["0"]), "1");
  assert.equal(find("\uFEFF\uFEFF[1]", ["0"]), "malformed");
});

test("one pass can look for 32 paths", () => {
  const paths = Array.from({ length: 32 }, (_, i) => [`k${i}`]);
  const body = JSON.stringify(Object.fromEntries(paths.map(([key], i) => [key, i])));
  assert.deepEqual(
    scan(body, paths),
    paths.map((_, i) => String(i)),
  );
});

test("names of object members are ordinary keys", () => {
  const body = '{"__proto__": 1, "toString": 2, "": 3}';
  assert.deepEqual(scan(body, [["__proto__"], ["toString"], [""], ["constructor"]]), ["1", "2", "3", undefined]);
});

test("the last of duplicate keys counts", () => {
  assert.equal(find('{"e": 1, "e": 2}', ["e"]), "2");
  assert.equal(find('{"e": {"code": 1}, "e": {"x": 2}}', ["e", "code"]), undefined);
  assert.equal(find('{"e": {"code": 1}, "e": 5}', ["e", "code"]), undefined);
});

test("strings survive", () => {
  assert.equal(stringText(String.raw`"a\n\u00e9\ud83d\ude00\ud800x\/"`), "a\né😀\uFFFDx/");
  assert.equal(stringText(String.raw`"\udc00\ud800\ud800\udc00"`), "\uFFFD\uFFFD𐀀");
  assert.equal(stringText(String.raw`"\u0000\b\f\r\t\"\\"`), '\0\b\f\r\t"\\');
  assert.equal(stringText('"a\nb\0\\n"'), "a\nb\0\n");
  assert.equal(find('{"a": "x\n\u0001"}', ["a"]), '"x\n\u0001"');
});

test("depth is no danger", () => {
  for (const depth of [15, 16, 17, 31, 32, 33, 63, 64, 65, 1_000_000]) {
    const deep = `{"code": "X", "d": ${'{"k":['.repeat(depth)}1${"]}".repeat(depth)}}`;
    assert.equal(find(deep, ["code"]), '"X"', String(depth));
    assert.equal(find(deep.slice(0, -1), ["code"]), "malformed");
    assert.equal(find(deep.replace("]}", "}]"), ["code"]), "malformed");
  }
});

test("refuses what is no JSON", () => {
  const texts = [
    "",
    " ",
    "{",
    "}",
    "{]",
    "[}",
    "{,}",
    "[1,]",
    '{"a":1,}',
    '{"a"}',
    "{a:1}",
    "nul",
    "nulls",
    "01",
    "1.",
    "-",
    "+1",
    "1e",
    '"',
    '"\\x"',
    '"\\u12g4"',
    '"\\u12',
    '"\\',
    "1 2",
    "{} {}",
    "[1 2]",
    "<html>",
    "'a'",
    "NaN",
    "Infinity",
    "0x1",
    "\u00a01",
    "[1}",
    '{"a":1]',
  ];
  for (const text of texts) {
    assert.equal(find(text, ["a"]), "malformed", text);
    assert.equal(find(`{"skipped": ${text}}`, ["a"]), "malformed", text);
    assert.equal(find(`{"a": ${text}}`, ["a", "b"]), "malformed", text);
  }
});

test("agrees with JSON.parse", () => {
  const alphabet = '[]{}",:ab0-9.eE\\ntrufls ';
  let state = 1;
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  let wellFormed = 0;
  for (let round = 0; round < 200_000; round++) {
    const text = Array.from({ length: next(10) }, () => alphabet.charAt(next(alphabet.length))).join("");
    let parsed: unknown;
    let ok = true;
    try {
      parsed = JSON.parse(text);
      wellFormed++;
    } catch {
      ok = false;
    }
    const ours = scan(text, [[]]);
    assert.equal(ours !== undefined, ok, text);
    if (ok) assert.equal(JSON.stringify(build(ours?.[0] ?? "")), JSON.stringify(parsed), text);
  }
  assert.ok(wellFormed > 1000);
});

test("splits arrays", () => {
  assert.deepEqual(items('[ 1 , "a,b" ,[2,3],{"x":[]}]'), ["1", '"a,b"', "[2,3]", '{"x":[]}']);
  assert.deepEqual(items("[]"), []);
  assert.deepEqual(items("{}"), []);
});

test("blank is white space and a byte order mark", () => {
  for (const text of ["", " \t\r\n", "\uFEFF", "\uFEFF "]) assert.ok(isBlank(text));
  for (const text of ["x", "\u00a0", "\uFEFF\uFEFF", "\0"]) assert.ok(!isBlank(text));
});

test("ten megabytes take no more than their share", () => {
  const size = 10_000_000;
  const bodies = [
    `{"code": "${"x".repeat(size)}"}`,
    `{"code": "${"\\n".repeat(size / 2)}"}`,
    `{"d": [${"1,".repeat(size / 2)}1], "code": "X"}`,
    `{${'"code":1,'.repeat(size / 9)}"code": 2}`,
    `{"code": ${"9".repeat(size)}}`,
    "[".repeat(size),
    '"'.repeat(size),
  ];
  for (const body of bodies) {
    const start = performance.now();
    const raw = scan(body, [["code"], ["d", "3"]])?.[0];
    if (raw?.startsWith('"')) stringText(raw);
    assert.ok(performance.now() - start < 2000, body.slice(0, 20));
  }
});

test("builds values that can be walked, and leaves what is deeper as it is", () => {
  assert.deepEqual(build('{"a": [1, true, null, {"b": "c"}], "a ": {}, "e": []}'), {
    a: [1, true, null, { b: "c" }],
    "a ": {},
    e: [],
  });
  const risky = build('{"__proto__": {"x": 1}, "x": 2, "x": 3}') as Record<string, unknown>;
  assert.deepEqual(Object.entries(risky), [
    ["__proto__", { x: 1 }],
    ["x", 3],
  ]);
  assert.equal(Object.getPrototypeOf(risky), Object.prototype);
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  assert.equal(JSON.stringify(build(nested(1000))), nested(1000));
  let value = build(nested(1_000_000));
  for (let depth = 0; depth < 1000; depth++) value = (value as typeof value[])[0] as typeof value;
  assert.ok(value instanceof RawJson);
  assert.equal(value.text, nested(999_000));
  assert.deepEqual(build("[9007199254740993, 1e400, -0]"), [9007199254740993n, new Decimal("1e400"), -0]);
});

test("numbers are numbers where these say what was sent", () => {
  for (const text of [
    "0",
    "-1",
    "1.50",
    "0.1",
    "1e3",
    "1E-7",
    "100",
    "1.7976931348623157e308",
    "5e-324",
    "0.0e9",
    "-0",
  ]) {
    assert.equal(numberOf(text), Number(text), text);
  }
  for (const text of [
    "1e400",
    "1e-400",
    "0.1000000000000000055511151231257827",
    "9007199254740993",
    "12345678901234567890",
  ]) {
    const number = numberOf(text);
    assert.ok(number instanceof Decimal, text);
    assert.equal(number.valueOf(), Number(text));
    assert.equal(`${number}`, text);
    assert.equal(JSON.stringify(number), `"${text}"`);
  }
  assert.equal(integerOf("9007199254740991"), 9007199254740991);
  assert.equal(integerOf("9007199254740992"), 9007199254740992n);
  assert.equal(integerOf("-0"), 0);
  assert.ok(Object.is(integerOf("-0"), 0));
  assert.equal(integerOf("007"), 7);
  assert.equal(integerOf(`-${"9".repeat(999)}`), -(10n ** 999n - 1n));
  assert.equal(integerOf("9".repeat(1001)), undefined);
  assert.equal(integerOf("0".repeat(1001)), undefined);
});
