import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, isApiError, type Api, type ResponseParts } from "../src/index.js";
import type { Several, Shape } from "../src/table.js";

const several: Several = {
  at: ["errors", ["*"]],
  primary: "first",
  shape: {
    code: [[["code"]]],
    ownStatus: [["status"]],
    message: [["detail"]],
    remediation: [["fix"]],
    requestId: [["id"]],
    fields: [["path", [["path"]], "string"]],
  },
};

const shape: Shape = {
  statuses: [[400, 599]],
  code: [[["code"]]],
  message: [["message"]],
  remediation: [["advice"]],
  requestId: ["header:x-request-id"],
  fields: [["left", ["header:x-left"], "integer"]],
  errors: several,
};

const api: Api = {
  id: "demo",
  title: "Demo",
  shapes: [shape],
  rows: [
    ["NEVER", 0, -1, "fix_request", 0],
    ["WAIT", 1, -1, "wait", 1],
    ["LATER", -1, -1, 0, 2],
    ["PAID", -1, -1, "add_credit", 3],
    ["UNSAID", -1, -1, 0, -1, 0],
    ["NO_CODE", -1, -1, 0, 0, 1],
  ],
  aliases: [],
  uncoded: [5],
  statusSets: [[400], [429]],
  retries: [
    { verdict: "never" },
    { verdict: "retry", after: [[{ whole: ["wait"] }, "seconds"], [["wait"], "seconds"]] },
    { verdict: "retry", after: [[["wait"], "seconds"]], backoff: { initialMs: 1, factor: 2, maxMs: 8 } },
    { verdict: "conditional" },
  ],
  groups: [],
  more: [
    { fields: [["why", [["why"]], "string"]], causes: [{ name: "far", conditions: [[["path"], "prefix", "/x"]] }] },
    { conditions: [["message", "contains", "no code"], [{ whole: ["kind"] }, "equals", "k"]] },
  ],
  statuses: [],
  overrides: [{ at: "header:x-should-retry", retry: ["true"], never: ["false"] }],
  sources: [],
};

class DemoError extends ApiError {
  constructor(response: ResponseParts, of: Api = api) {
    super(of, response);
  }
  override get name(): string {
    return "DemoError";
  }
}

/** The same with other errors than those of `errors`. */
function withErrors(errors: Partial<Several>, own: Partial<Shape> = {}): Api {
  return { ...api, shapes: [{ ...shape, ...own, errors: { ...several, ...errors } }] };
}

function demo(body: unknown, headers: Record<string, string> = {}, of: Api = api): DemoError {
  return new DemoError({ status: 400, headers, body: JSON.stringify(body) }, of);
}

/** The codes as sent, or the names where there is none: the primary one first. */
function codes(error: DemoError): (string | undefined)[] {
  return [error, ...error.otherErrors].map((one) => one.rawCode ?? one.code);
}

const list = (...codes: string[]) => ({ errors: codes.map((code) => ({ code })) });

test("the first that is listed is the primary one", () => {
  assert.deepEqual(codes(demo(list("X", "WAIT", "NEVER"))), ["WAIT", "X", "NEVER"]);
  assert.deepEqual(codes(demo(list("X", "Y"))), ["X", "Y"]);
  assert.deepEqual(codes(demo({ code: "LATER", ...list("WAIT") })), ["LATER", "WAIT"]);
  assert.deepEqual(codes(demo({ code: "Z", ...list("WAIT") })), ["WAIT", "Z"]);
  assert.deepEqual(codes(demo({ message: "m", ...list("X") })), ["X"], "what has no code of its own is the same error");
  assert.deepEqual(codes(demo({ code: "LATER", errors: [] })), ["LATER"]);
});

test("the last or the innermost is, where the catalog says so", () => {
  for (const primary of ["last", "innermost"] as const) {
    const of = withErrors({ primary });
    assert.deepEqual(codes(demo(list("WAIT", "NEVER", "X"), {}, of)), ["NEVER", "WAIT", "X"]);
    assert.deepEqual(codes(demo(list("X", "Y"), {}, of)), ["Y", "X"]);
    assert.deepEqual(codes(demo({ code: "LATER", ...list("X") }, {}, of)), ["LATER", "X"]);
  }
});

test("a chain is followed to its end, and that alone decides", () => {
  const chain = withErrors({ at: [["**"], "innererror"], primary: "innermost" }, { code: [[["error", "code"]]] });
  const e = demo({ error: { code: "NEVER", innererror: { code: "WAIT", innererror: { code: "PAID" } } } }, {}, chain);
  assert.deepEqual(codes(e), ["PAID", "NEVER", "WAIT"]);
  assert.equal(e.retry, "conditional");
  assert.deepEqual(
    e.otherErrors.map((one) => one.retry),
    ["never", "retry"],
  );
});

test("what is neither code nor message, and what the gate refuses, is none of them", () => {
  assert.deepEqual(codes(demo({ errors: [{}, 1, null, { detail: "d" }, { code: "X" }] })), [undefined, "X"]);
  const gated = withErrors({ shape: { ...several.shape, gate: [[["level"], "equals", "error"]] } });
  const errors = [{ code: "NEVER", level: "warning" }, { code: "WAIT", level: "error" }];
  assert.deepEqual(codes(demo({ errors }, {}, gated)), ["WAIT"]);
});

test("of all that count the one that allows least decides, and the longest wait counts", () => {
  const retry = (...codes: string[]) => demo(list(...codes)).retry;
  assert.equal(retry("WAIT", "LATER"), "retry");
  assert.equal(retry("WAIT", "UNSAID"), "unknown");
  assert.equal(retry("WAIT", "X"), "unknown");
  assert.equal(retry("WAIT", "UNSAID", "PAID"), "conditional");
  assert.equal(retry("PAID", "WAIT", "NEVER"), "never");
  const told = demo({ errors: [{ code: "WAIT", wait: 3 }, { code: "LATER", wait: 9 }] });
  assert.equal(told.delay(0, 0), 9_000);
  assert.equal(told.otherErrors[0]?.delay(0, 0), 9_000);
  assert.equal(demo({ wait: 20, errors: [{ code: "WAIT", wait: 3 }, { code: "LATER", wait: 9 }] }).toldDelay(0), 20_000);
  assert.equal(demo({ errors: [{ code: "WAIT", wait: 3 }, { code: "NEVER" }] }).toldDelay(0), undefined);
  const forbidden = demo(list("WAIT"), { "x-should-retry": "false" });
  assert.equal(forbidden.retry, "never");
  assert.equal(demo(list("NEVER", "X"), { "x-should-retry": "true" }).retry, "retry");
});

test("each of them is an error of the same class, with what is its own", () => {
  const e = demo(
    {
      advice: "Read the docs.",
      errors: [
        { code: "NEVER", detail: "first", path: "/a", status: "422" },
        { code: "UNSAID", detail: "second", path: "/x/y", why: "w", fix: "Do.", id: 7, status: 500 },
        { code: "X", status: 42 },
      ],
    },
    { "x-request-id": "r", "x-left": "3" },
  );
  const [second, third] = e.otherErrors;
  assert.ok(second instanceof DemoError && second instanceof ApiError && isApiError(second) && third !== undefined);
  assert.equal(second.message, "Demo UNSAID (500): second [7]");
  assert.ok(second.stack?.startsWith("DemoError: Demo UNSAID"));
  assert.deepEqual([e.status, second.status, third.status], [422, 500, 400]);
  assert.deepEqual([e.httpStatus, second.httpStatus], [400, 400]);
  assert.deepEqual([e.remediation, second.remediation, third.remediation], ["Read the docs.", "Do.", undefined]);
  assert.deepEqual([e.requestId, second.requestId, third.requestId], ["r", "7", undefined]);
  assert.deepEqual(e.fields, { left: 3, path: "/a" });
  assert.deepEqual(second.fields, { path: "/x/y" }, "what the response tells is told once");
  assert.deepEqual(second.details, { why: "w" });
  assert.equal(second.knownCause, "far");
  assert.deepEqual([e.notes, third.notes], [["unexpected-status"], []]);
  assert.equal(second.body, e.body);
  assert.deepEqual(second.otherErrors, []);
  assert.equal(e.otherErrors, e.otherErrors);
  const logged = JSON.parse(JSON.stringify(e)) as { otherErrors: { code?: string }[] };
  assert.deepEqual(
    logged.otherErrors.map(({ code }) => code),
    ["UNSAID", undefined],
  );
});

test("a class that somebody made of it needs no other arguments", () => {
  class OwnError extends DemoError {
    readonly extra: string;
    constructor(extra: string, response: ResponseParts) {
      super(response);
      this.extra = extra.toUpperCase();
    }
  }
  const e = new OwnError("x", { status: 400, body: JSON.stringify(list("WAIT", "NEVER")) });
  assert.equal(e.extra, "X");
  assert.ok(e.otherErrors[0] instanceof OwnError);
  assert.equal(e.otherErrors[0]?.code, "NEVER");
});

test("errors without a code are known by what they and the whole body hold", () => {
  const errors = [{ detail: "There is no code" }, { detail: "Nothing" }];
  assert.deepEqual(codes(demo({ kind: "k", errors })), ["NO_CODE", undefined]);
  assert.deepEqual(codes(demo({ kind: "l", errors })), [undefined, undefined]);
});

test("what the response says of itself counts where it is more than its status", () => {
  const of: Api = { ...api, statuses: [{ range: 400, retry: 3 }] };
  assert.equal(demo({ message: "m", ...list("WAIT") }, {}, of).retry, "retry", "not an error of its own");
  assert.equal(demo({ message: "no code", kind: "k", ...list("WAIT") }).code, "NO_CODE");
  assert.equal(demo({ code: "Z", ...list("WAIT") }).retry, "retry", "says nothing of repeating");
  assert.equal(demo({ code: "Z", ...list("WAIT") }, {}, of).retry, "conditional");
  assert.equal(demo({ message: "m", ...list("WAIT") }).serverMessage, "m");
});

test("where it stands is a value too", () => {
  const fields = [["at", ["path"], "string"], ["index", [{ of: "path", after: "errors/" }], "integer"]] as const;
  const e = demo(list("X", "Y"), {}, withErrors({ shape: { ...several.shape, fields } }));
  assert.deepEqual([e.fields, e.otherErrors[0]?.fields], [{ at: "/errors/0", index: 0 }, { at: "/errors/1", index: 1 }]);
});

test("a success that carries errors says nothing about them", () => {
  const batch = withErrors({}, { statuses: [200] });
  const e = new DemoError({ status: 200, body: JSON.stringify({ errors: [{ code: "NEVER" }, { code: "WAIT", status: 429 }] }) }, batch);
  assert.equal(e.code, "NEVER");
  assert.deepEqual([e.status, e.httpStatus], [200, 200]);
  assert.deepEqual(e.notes, []);
  assert.equal(e.otherErrors[0]?.status, 429);
  const ofStatuses: Api = { ...batch, statuses: [{ range: 200, retry: 3 }, { range: 429, retry: 1 }] };
  const body = '{"errors": [{"code": "X"}, {"code": "Y", "status": 429}]}';
  const [x, y] = [new DemoError({ status: 200, body }, ofStatuses)].flatMap((e) => [e, ...e.otherErrors]);
  assert.deepEqual([x?.otherErrors.length, y?.retry], [1, "retry"]);
  assert.equal(x?.retry, "unknown", "its status tells nothing of it");
  const gated = withErrors({}, { statuses: [200], gate: [[["errors"], "present", true]] });
  const ofGated = (body: string) => new DemoError({ status: 200, body }, gated).outcome;
  assert.deepEqual(['{"errors": []}', '{"errors": [{"detail": "d"}]}'].map(ofGated), ["not_error", "no_code"]);
  assert.equal(new DemoError({ status: 400, body: '{"errors": [' }, withErrors({}, { code: [], message: [], remediation: [] })).outcome, "malformed");
  assert.equal(new DemoError({ status: 200, body: '{"errors": []}' }, batch).outcome, "not_error");
});

test("many errors take no stack, and are counted", () => {
  const errors = (count: number) => `{"wait": 5, "errors": [{"code":"Y"}${',{"code":"LATER","x":[{}]}'.repeat(count)},{"code":"NEVER"}]}`;
  const e = new DemoError({ status: 400, body: errors(9_998) });
  assert.equal(e.retry, "never");
  assert.equal(e.otherErrors.length, 9_999);
  assert.deepEqual(e.notes, []);
  const more = new DemoError({ status: 400, body: errors(400_000) });
  assert.equal(more.code, "LATER");
  assert.equal(more.retry, "unknown", "what is not looked at does not count");
  assert.equal(more.otherErrors.length, 9_999);
  assert.deepEqual(more.notes, ["too-many-errors"]);
  assert.deepEqual(more.otherErrors[0]?.notes, []);
  const deep = withErrors({ at: [["**"]] });
  const nested = '{"code":"WAIT","in":'.repeat(100_000) + "1" + "}".repeat(100_000);
  assert.equal(new DemoError({ status: 400, body: nested }, deep).otherErrors.length, 33);
});
