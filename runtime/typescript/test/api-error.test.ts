import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import {
  ApiError,
  eventOf,
  isApiError,
  RawJson,
  readResponse,
  registerTexts,
  type Api,
  type ResponseParts,
} from "../src/index.js";

const api: Api = {
  id: "demo",
  title: "Demo",
  shapes: [
    {
      statuses: [
        [400, 499],
        [500, 599],
      ],
      code: [[["error", "code"], "header:x-error"]],
      message: [["error", "message"]],
      remediation: [["error", "next"]],
      requestId: ["header:x-request-id", ["request_id"]],
      fields: [
        ["left", ["header:x-left"], "integer"],
        ["reset", ["header:x-reset"], ["timestamp", "epoch-seconds"]],
      ],
    },
    { statuses: [[200, 299]], gate: [[["ok"], "equals", "false"]], code: [[["error"]]] },
  ],
  rows: [
    ["toString", 0, 0, "authenticate", 0],
    ["LIMIT", 1, -1, 0, -1, 0],
    ["0", -1, -1, 0, 3],
    ["GONE_AWAY", 2, -1, "contact_support", -1, 1],
    ["TASK_FAILED", 3, -1, 0, 2, 2],
  ],
  aliases: [["__proto__", 1]],
  uncoded: [3],
  statusSets: [[401], [429, [500, 599]], [410], "none"],
  retries: [
    { verdict: "never" },
    { verdict: "retry", after: ["header:retry-after", ["wait"]].map((at) => [at as string[], "retry-after"]) },
    { verdict: "conditional", after: [5000] },
    { verdict: "retry", backoff: { initialMs: 10, factor: 3, maxMs: 50 } },
  ],
  groups: [["auth", "Keys"]],
  more: [
    {
      fields: [
        ["limit", [["error", "limit"]], "integer"],
        ["plans", [["error", "plans"]], ["list", "string"]],
        ["extra", [["error", "extra"]], "object"],
        ["price", [["error", "price"]], "number"],
        ["final", [["error", "final"]], "boolean"],
        ["__proto__", [["error", "odd"]], "string"],
      ],
      causes: [{ name: "burst", conditions: [["message", "contains", "burst"]], action: "wait" }],
      source: 1,
    },
    { conditions: [[["gone"], "equals", "true"]] },
    { repeat: { kind: "safe" } },
  ],
  statuses: [
    { range: [500, 599], action: "retry", retry: 1 },
    { range: 429, retry: 1 },
  ],
  backoff: { initialMs: 1000, factor: 2, maxMs: 4000 },
  repeat: { kind: "duplicates", text: 0 },
  overrides: [{ at: "header:x-should-retry", retry: ["true", "1"], never: ["false"] }],
  sources: ["https://demo.example/errors", "https://demo.example/limits"],
};

class DemoError extends ApiError {
  constructor(response: ResponseParts) {
    super(api, response);
  }
  override get name(): string {
    return "DemoError";
  }
}

function demo(status: number | undefined, body: string, headers: Record<string, string> = {}): DemoError {
  return new DemoError({ status, headers, body });
}

test("a listed error tells all that is known of it", () => {
  const body = `{"error": {"code": "LIMIT", "message": "A burst\\n of calls", "limit": 9007199254740993, "plans": ["a", "b"],
    "extra": {"k": [1]}, "price": 1.50, "final": true, "odd": "kept"}, "request_id": 7}`;
  const e = demo(429, body, { "Retry-After": " 3 ", "x-left": "12", "x-reset": "784111777" });
  assert.equal(e.outcome, "known");
  assert.equal(e.code, "LIMIT");
  assert.ok(e.is("LIMIT") && !e.is("0"));
  assert.equal(e.message, "Demo LIMIT (429): A burst\\n of calls [7]");
  assert.equal(e.serverMessage, "A burst\n of calls");
  assert.equal(e.requestId, "7");
  assert.equal(e.knownCause, "burst");
  assert.equal(e.action, "wait");
  assert.equal(e.category, "rate_limit");
  assert.equal(e.retry, "retry");
  assert.equal(e.delay(9, 0), 3000);
  assert.equal(e.docsUrl, "https://demo.example/limits");
  assert.deepEqual(e.repeat, { kind: "duplicates" });
  assert.deepEqual(e.fields, { left: 12, reset: new Date(784_111_777_000) });
  assert.deepEqual(Object.entries(e.details), [
    ["limit", 9007199254740993n],
    ["plans", ["a", "b"]],
    ["extra", { k: [1] }],
    ["price", 1.5],
    ["final", true],
    ["__proto__", "kept"],
  ]);
  assert.deepEqual(e.notes, []);
  assert.ok(e.stack?.startsWith("DemoError: Demo LIMIT (429): A burst"));
  assert.equal(JSON.parse(JSON.stringify(e)).details.limit, "9007199254740993");
});

test("names of object members are codes like others, or none", () => {
  const code = (code: string) => demo(401, JSON.stringify({ error: { code } }));
  assert.equal(code("toString").code, "toString");
  assert.equal(code("toString").group, "auth");
  assert.equal(code("__proto__").code, "LIMIT");
  assert.equal(code("__proto__").rawCode, "__proto__");
  for (const unlisted of ["constructor", "valueOf", "hasOwnProperty"]) {
    assert.equal(code(unlisted).outcome, "unknown_code");
    assert.equal(code(unlisted).rawCode, unlisted);
    assert.equal(code(unlisted).code, undefined);
  }
  assert.equal(code("").outcome, "no_code");
  assert.equal(demo(400, '{"error": {"code": 0}}').code, "0");
  assert.equal(demo(400, '{"error": {"code": -0}}').rawCode, "-0");
  assert.deepEqual(demo(400, '{"error": {"code": {}}}').notes, ["unreadable-code"]);
});

test("the status speaks where no error does", () => {
  const html = demo(502, "<html>");
  assert.equal(html.outcome, "malformed");
  assert.equal(html.retry, "retry");
  assert.equal(html.action, "retry");
  assert.equal(html.message, "Demo error (502)");
  assert.equal(demo(502, "").outcome, "no_code");
  assert.deepEqual(demo(502, "").notes, ["empty-body"]);
  assert.equal(demo(404, "{}").retry, "unknown");
  assert.equal(demo(404, "{}").delay(0, 0), undefined);
});

test("an error without a code is known by its conditions", () => {
  const e = demo(410, '{"gone": true}');
  assert.equal(e.code, "GONE_AWAY");
  assert.equal(e.rawCode, undefined);
  assert.equal(e.message, "Demo GONE_AWAY (410)");
  assert.equal(demo(411, '{"gone": true}').outcome, "no_code");
});

test("a success is an error only where its shape says so", () => {
  assert.equal(demo(200, '{"ok": false, "error": "LIMIT"}').code, "LIMIT");
  assert.deepEqual(demo(200, '{"ok": false, "error": "LIMIT"}').notes, ["unexpected-status"]);
  const fine = demo(200, '{"ok": true, "error": "LIMIT"}');
  assert.equal(fine.outcome, "not_error");
  assert.equal(fine.repeat, undefined);
  assert.deepEqual(fine.notes, []);
});

test("what is no HTTP response has no status", () => {
  const e = demo(undefined, '{"error": {"code": "TASK_FAILED"}}');
  assert.equal(e.status, undefined);
  assert.deepEqual(e.notes, []);
  assert.equal(e.retry, "conditional");
  assert.equal(e.delay(0, 0), 5000);
  assert.equal(e.backoff, undefined);
  assert.deepEqual(e.repeat, { kind: "safe" });
  assert.deepEqual(demo(undefined, '{"error": {"code": "LIMIT"}}').notes, ["missing-status"]);
  assert.equal(demo(undefined, '{"error": {"code": "LIMIT"}}').retry, "retry", "by the first documented status");
  assert.equal(demo(0, "").status, undefined);
});

test("an event is an error, or none", () => {
  const event = (event: string | Uint8Array | ArrayBuffer | object, of: Api = events): DemoError | undefined => {
    const view = eventOf(of, event);
    return view && new DemoError(view as unknown as ResponseParts);
  };
  const events: Api = {
    ...api,
    shapes: [...api.shapes, { statuses: [0], gate: [[["type"], "equals", "error"]], code: [[["code"]]], message: [["m"]] }],
  };
  const failed = '{"type": "error", "code": "TASK_FAILED", "m": "No."}';
  const all = [failed, new TextEncoder().encode(failed), new TextEncoder().encode(failed).buffer, JSON.parse(failed)];
  for (const given of all as (string | object)[]) {
    const e = event(given);
    assert.ok(e instanceof DemoError);
    assert.equal(e.code, "TASK_FAILED");
    assert.equal(e.message, "Demo TASK_FAILED: No.");
    assert.equal(e.status, undefined);
    assert.deepEqual(e.notes, []);
  }
  const big = event({ type: "error", code: 9007199254740993n });
  assert.equal(big?.rawCode, "9007199254740993");
  for (const none of ["", "[DONE]", '{"type": "delta"}', { type: "delta" }, {}, []]) assert.equal(event(none), undefined);
  assert.equal(event("{}", api)?.outcome, "no_code", "where nothing says what errors look like, all are");
});

test("delays are told, else drawn below a growing ceiling", () => {
  const limit = '{"error": {"code": "LIMIT"}, "wait": "7"}';
  const now = new Date(784_111_777_000);
  assert.equal(demo(429, limit).delay(0, now), 7000);
  assert.equal(demo(429, limit, { "retry-after": "x" }).delay(0, now), 7000);
  assert.deepEqual(demo(429, limit, { "retry-after": "x" }).notes, ["unreadable-delay"]);
  assert.equal(demo(429, limit, { "retry-after": "Sun, 06 Nov 1994 08:49:39 GMT" }).delay(0, now), 2000);
  assert.equal(demo(429, limit, { "retry-after": "0" }).toldDelay(now), undefined);
  const plain = demo(429, '{"error": {"code": "LIMIT"}}');
  for (const [attempt, most] of [
    [0, 1000],
    [1, 2000],
    [2, 4000],
    [50, 4000],
    [1e9, 4000],
    [-1, 1000],
    [NaN, 1000],
  ] as const) {
    const waits = Array.from({ length: 50 }, () => plain.delay(attempt) ?? -1);
    assert.ok(waits.every((wait) => wait >= 0 && wait <= most && Number.isInteger(wait)));
    assert.ok(new Set(waits).size > 1);
  }
  assert.deepEqual(demo(400, '{"error": {"code": "0"}}').backoff, { initialMs: 10, factor: 3, maxMs: 50 });
});

test("the server's own verdict wins", () => {
  const said = (verdict: string) =>
    demo(429, '{"error": {"code": "LIMIT"}}', { "x-should-retry": verdict, "retry-after": "3" });
  assert.equal(said("false").retry, "never");
  assert.equal(said("false").delay(0, 0), undefined);
  assert.equal(said("true").delay(0, 0), 3000);
  assert.equal(said("maybe").retry, "retry");
  const unlisted = (verdict: string) => demo(404, "", { "x-should-retry": verdict }).retry;
  assert.deepEqual(["1", "true", "yes", ""].map(unlisted), ["retry", "retry", "unknown", "unknown"]);
});

test("bodies and headers of every kind are taken", () => {
  const bytes = new Uint8Array([
    0xef,
    0xbb,
    0xbf,
    ...Buffer.from('{"error": {"code": "LIMIT", "message": "a'),
    0xff,
    ...Buffer.from('"}}'),
  ]);
  const e = new DemoError({ status: 429, body: bytes });
  assert.equal(e.serverMessage, "a\uFFFD");
  assert.deepEqual(e.notes, ["not-utf8"]);
  assert.deepEqual(e.bytes, bytes);
  assert.deepEqual(new DemoError({ body: bytes.buffer }).bytes, bytes);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  const elsewhere: unknown[] = ["bytes.buffer", "bytes", "new DataView(bytes.buffer)"].map((what) =>
    runInNewContext(`const bytes = Uint8Array.of(${[...bytes]}); ${what}`),
  );
  const views = [new DataView(bytes.buffer, 1), new Int8Array(bytes.buffer, 1)].map((view) => [view, bytes.subarray(1)] as const);
  for (const [body, came] of [...[shared, ...elsewhere].map((body) => [body, bytes] as const), ...views]) {
    const error = new DemoError({ body } as ResponseParts);
    assert.deepEqual(error.bytes, came);
    assert.deepEqual(new DemoError(error.toParts()).bytes, came);
  }
  assert.equal(Buffer.from(demo(400, "é").bytes).toString(), "é");
  assert.equal(demo(400, '"\ud800"').body, '"\uFFFD"');
  const header = (headers: ResponseParts["headers"]) => new DemoError({ status: 429, headers, body: "" }).requestId;
  assert.equal(header(new Headers({ "X-Request-Id": "a" })), "a");
  assert.equal(header({ "X-REQUEST-ID": ["a", " b "] }), "a, b");
  assert.equal(header(new Map([["x-request-id", "caf\u00e9"]])), "café");
  assert.equal(
    header([
      ["x-request-id", "a"],
      ["bad name", "x"],
      ["x-bad", "a\nb"],
      ["x-wide", "\u0100"],
    ]),
    "a",
  );
  assert.equal(header({ "x-request-id": undefined }), undefined);
  assert.equal(header(undefined), undefined);
});

test("a response whose body is gone keeps its status and headers", async () => {
  const headers = { "x-request-id": "r" };
  const fresh = new Response('{"error": {"code": "LIMIT"}}', { status: 429, headers });
  assert.equal(new DemoError(await readResponse(fresh)).code, "LIMIT");
  assert.equal(new DemoError(await readResponse(fresh)).message, "Demo error (429) [r]");
  const broken = new Response(new ReadableStream({ pull: (c) => c.error(new Error("cut")) }), { status: 500, headers });
  assert.equal(new DemoError(await readResponse(broken)).message, "Demo error (500) [r]");
});

test("a line of a log stays one line", () => {
  const message = "\u001b[31m\r\n\t\0\u0085\u202e\u2028" + "😀".repeat(400);
  const e = demo(400, JSON.stringify({ error: { code: "X\nY", message } }));
  const shown = String.raw`\u{1b}[31m\r\n\t\u{0}\u{85}\u{202e}\u{2028}`;
  assert.equal(e.message, String.raw`Demo X\nY (400): ` + shown + "😀".repeat(300 - 12) + "…");
  assert.equal(
    demo(400, JSON.stringify({ error: { message: "x".repeat(300) } })).message,
    `Demo error (400): ${"x".repeat(300)}`,
  );
});

test("errors of every package are known by their brand", () => {
  assert.ok(isApiError(demo(400, "")));
  const other = Object.create({ [Symbol.for("errbook.ApiError")]: true });
  assert.ok(isApiError(other));
  for (const value of [undefined, null, "x", {}, new Error("x")]) assert.ok(!isApiError(value));
});

test("texts are told once they are registered", () => {
  const limit = () => demo(429, '{"error": {"code": "LIMIT", "message": "burst"}}');
  const own = demo(400, '{"error": {"code": "LIMIT", "next": "Do this."}}');
  assert.equal(limit().remediation, undefined);
  assert.equal(own.remediation, "Do this.");
  registerTexts(api, {
    errors: [
      ["It was.", "Do."],
      ["Too many.", "Wait."],
      ["", ""],
      ["", ""],
      ["", ""],
    ],
    causes: { 0: [["", "Slow down."]] },
    statuses: ["Try again.", ""],
    retries: ["", "", "The task ended.", ""],
    repeats: ["A job."],
  });
  assert.equal(limit().remediation, "Slow down.");
  assert.equal(limit().description, "Too many.");
  assert.equal(own.remediation, "Do this.");
  assert.equal(demo(500, "<html>").remediation, "Try again.");
  assert.equal(demo(500, '{"error": {"code": "0"}}').description, undefined);
  assert.equal(demo(undefined, '{"error": {"code": "TASK_FAILED"}}').condition, "The task ended.");
  assert.deepEqual(limit().repeat, { kind: "duplicates", what: "A job." });
});

test("a body of ten megabytes is read in one pass a shape", () => {
  const body = `{"error": {"code": "LIMIT", "message": "m", "extra": {"list": [${"1,".repeat(5_000_000)}1]}}}`;
  const start = performance.now();
  const e = demo(429, body);
  assert.equal(e.code, "LIMIT");
  assert.equal(e.message, "Demo LIMIT (429): m");
  assert.ok(performance.now() - start < 2000);
  assert.equal((e.details["extra"] as { list: number[] }).list.length, 5_000_001);
  assert.equal(e.details, e.details);
});

test("values that are nested too deeply for a program are there as text", () => {
  const deep = `${'{"k":['.repeat(50_000)}9007199254740993${"]}".repeat(50_000)}`;
  const e = demo(429, `{"error": {"code": "LIMIT", "extra": ${deep}}}`);
  let value: unknown = e.details["extra"];
  while (!(value instanceof RawJson)) value = (value as Record<string, unknown[]>)["k"]?.[0];
  assert.equal(value.text, deep.slice(6 * 500, -2 * 500));
  assert.equal(`${value}`, value.text);
  assert.ok(JSON.stringify(e).includes("9007199254740993"));
});
