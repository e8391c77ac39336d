import assert from "node:assert/strict";
import { test } from "node:test";
import { codeText, Document, scalarText, textOf } from "../src/document.js";
import type { Place } from "../src/table.js";

const headers = new Headers({ "x-code": "E7", "x-limit": 'limit=10; reset="30"' });

test("what stands at a place", () => {
  const document = new Document(headers, ' {"a": {"b": "x"}, "a/b": 1, "n": null} ');
  const cases: [Place, string | undefined][] = [
    [["a", "b"], "x"],
    [["a/b"], "1"],
    [["n"], undefined],
    [{ whole: ["a", "b"] }, "x"],
    ["header:x-code", "E7"],
    ["header:x-none", undefined],
    ["body", '{"a": {"b": "x"}, "a/b": 1, "n": null}'],
    ["message", undefined],
    ["code", undefined],
    ["path", undefined],
  ];
  for (const [place, want] of cases) assert.equal(scalarText(document.slot(place)), want, JSON.stringify(place));
});

test("one of several errors is a document of its own", () => {
  const document = new Document(headers, '{"errors": [{"a": 1}], "a": 2}');
  const within = document.within('{"a": 1}');
  assert.equal(textOf(within.slot(["a"])), "1");
  assert.equal(textOf(within.slot({ whole: ["a"] })), "2");
  assert.equal(textOf(within.slot("body")), '{"errors": [{"a": 1}], "a": 2}');
  assert.equal(textOf(within.slot("header:x-code")), "E7");
  assert.equal(document.within(undefined), document);
});

test("a part of a text", () => {
  const text = "AADSTS50076: Due to a change: use MFA.\tTrace ID: 1f-2 ";
  const document = new Document(headers, JSON.stringify({ text, lines: "a: \r\n1\n\tb", n: -12.5, list: [], "": "" }));
  const cases: [Place, string | undefined][] = [
    [{ of: ["text"], after: "AADSTS", before: ":" }, "50076"],
    [{ of: ["text"], before: ":" }, "AADSTS50076"],
    [{ of: ["text"], after: "Trace ID:" }, "1f-2"],
    [{ of: ["text"], after: "aadsts" }, undefined],
    [{ of: ["text"], after: "Trace", before: "none" }, "ID: 1f-2"],
    [{ of: ["text"], after: "1f-2" }, undefined],
    [{ of: ["text"], before: "AADSTS" }, undefined],
    [{ of: ["text"], after: ".", before: "Trace" }, undefined],
    [{ of: ["lines"], after: "a:", before: "b" }, "1"],
    [{ of: ["n"], before: "." }, "-12"],
    [{ of: ["list"], after: "" }, undefined],
    [{ of: [""] }, undefined],
    [{ of: "header:x-limit", after: 'reset="', before: '"' }, "30"],
    [{ of: "header:x-none", after: "a" }, undefined],
    [{ of: "body", after: '"text":"', before: ":" }, "AADSTS50076"],
    [{ of: { whole: ["text"] }, after: "S5", before: ":" }, "0076"],
    [{ of: { of: ["text"], before: ":" }, after: "S" }, "TS50076"],
  ];
  for (const [place, want] of cases) assert.equal(textOf(document.slot(place)), want, JSON.stringify(place));
});

test("what is looked for together is looked for in one pass", () => {
  const places: Place[] = [["a"], "header:x", { of: ["b"], after: "x" }];
  assert.equal(new Document(headers, "<html>").read(places), true);
  assert.equal(new Document(headers, " ").read(places), false, "nothing was sent");
  assert.equal(new Document(headers, "[]").read(places), false);
  assert.equal(new Document(headers, "<html>").read(["body", "header:x", { whole: ["a"] }]), false, "no JSON is needed");
  const many = Array.from({ length: 100 }, (_, i) => [`k${i}`]);
  const document = new Document(headers, JSON.stringify({ k0: 0, k40: 40, k99: 99 }));
  assert.equal(document.read(many), false);
  assert.deepEqual(many.flatMap((path) => textOf(document.slot(path)) ?? []), ["0", "40", "99"]);
});

test("the parts of a code are joined as far as they go", () => {
  const [a, b] = [{ json: '"a"' }, { json: "2" }];
  assert.equal(codeText([a, b]), "a/2");
  assert.equal(codeText([a, undefined, b]), "a");
  assert.equal(codeText([a, { text: "" }, b]), "a//2");
  assert.equal(codeText([undefined, b]), undefined);
  assert.equal(codeText([]), undefined);
});
