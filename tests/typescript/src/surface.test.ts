/** What users write against a generated package. That this file compiles is half of the test. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError as OtherApiError, isApiError, VicseeError } from "../../../generated/typescript/vicsee-errors/index.js";
import {
  ApiError,
  type AnyApiError,
  type Decimal,
  type NoDetails,
  type ResponseParts,
  VivixError,
  type VivixErrorCode,
} from "../../../generated/typescript/vivix-errors/index.js";
import { errorClass } from "./packages.js";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const is = <T extends true>(_?: T): void => {};

const vivix = (status: number | undefined, body: string, headers: Record<string, string> = {}): VivixError =>
  VivixError.from({ status, headers, body });
const modelNotAllowed = (): VivixError => vivix(403, '{"error": "MODEL_NOT_ALLOWED", "message": "No.", "model": "m-1"}');

test("is() narrows code and details", () => {
  const e: unknown = modelNotAllowed();
  assert.ok(e instanceof VivixError && e instanceof ApiError && e instanceof Error);
  is<Same<typeof e.code, VivixErrorCode | undefined>>();
  assert.ok(e.is("MODEL_NOT_ALLOWED"));
  is<Same<typeof e.code, "MODEL_NOT_ALLOWED">>();
  is<Same<typeof e.details.model, string | undefined>>();
  assert.equal(e.details.model, "m-1");
  // @ts-expect-error: it has no such value
  assert.equal(e.details.balance, undefined);
  assert.ok(!vivix(401, '{"error": "KEY_REVOKED"}').is("MODEL_NOT_ALLOWED"));
});

test("codes that are not listed do not compile, and are not known", () => {
  const e = vivix(400, '{"error": "NO_SUCH_CODE"}');
  // @ts-expect-error: not a code of this API
  assert.ok(!e.is("NO_SUCH_CODE"));
  assert.equal(e.code, undefined);
  assert.equal(e.rawCode, "NO_SUCH_CODE");
  assert.equal(e.outcome, "unknown_code");
});

test("numbers are what was sent", () => {
  const e = vivix(402, '{"error": "INSUFFICIENT_CREDITS", "balance": 0.12345678901234567890, "needed": 60}');
  assert.ok(e.is("INSUFFICIENT_CREDITS"));
  is<Same<typeof e.details.balance, number | Decimal | undefined>>();
  assert.equal(String(e.details.balance), "0.12345678901234567890");
  assert.equal(e.details.needed, 60);
});

test("a switch over the code can be exhaustive", () => {
  const words = (code: VivixErrorCode | undefined): string => {
    switch (code) {
      case "UNAUTHORIZED":
      case "KEY_INVALID":
      case "KEY_REVOKED":
        return "key";
      case "TIER_LOCKED":
      case "MODEL_NOT_ALLOWED":
        return "plan";
      case "INSUFFICIENT_CREDITS":
      case "CONCURRENCY_LIMIT":
        return "limit";
      case "INTERNAL_ERROR":
      case "PROVIDER_DOWN":
        return "server";
      case undefined:
        return "unlisted";
      default: {
        const none: never = code;
        return none;
      }
    }
  };
  assert.equal(words(modelNotAllowed().code), "plan");
  const { codes } = VivixError;
  is<Same<typeof codes, readonly VivixErrorCode[]>>();
  assert.equal(codes.length, 9);
  assert.ok(codes.map(words).every((word) => word !== "unlisted"));
});

test("causes are typed by their error", () => {
  const e = VicseeError.from({ status: 403, body: '{"error": {"code": "FORBIDDEN", "message": "Access denied to task 7"}}' });
  assert.ok(e.is("FORBIDDEN"));
  is<Same<typeof e.knownCause, "no_subscription" | "not_owner" | undefined>>();
  assert.equal(e.knownCause, "not_owner");
  const other = VicseeError.from({ status: 404, body: '{"error": {"code": "TASK_NOT_FOUND"}}' });
  assert.ok(other.is("TASK_NOT_FOUND"));
  is<Same<typeof other.knownCause, undefined>>();
  is<Same<typeof other.details, NoDetails>>();
  assert.equal(other.knownCause, undefined);
});

test("fields of every error are typed", () => {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-01-16T00:00:00.000Z" };
  const { fields } = VicseeError.from({ status: 429, headers, body: "" });
  is<Same<typeof fields.rate_limit_reset, Date | undefined>>();
  assert.deepEqual(fields.rate_limit_reset, new Date("2026-01-16T00:00:00Z"));
  assert.equal(fields.rate_limit_remaining, 0);
  assert.ok(!("rate_limit" in fields));
});

test("the errors of all packages are alike", () => {
  const errors: AnyApiError[] = [modelNotAllowed(), VicseeError.from({ status: 500 })];
  for (const e of errors) assert.ok(isApiError(e));
  assert.ok(errors[0] instanceof OtherApiError, "whichever package its engine is of");
  assert.ok(!(errors[0] instanceof VicseeError) && !(new Error("x") instanceof OtherApiError));
  for (const no of [undefined, null, {}, new Error("x"), "ApiError", 1]) assert.ok(!isApiError(no));
});

test("a response of fetch", async () => {
  const response = (): Response => new Response('{"error": "TIER_LOCKED", "request_id": "r1"}', { status: 403, headers: { "retry-after": "3" } });
  const e = await VivixError.fromResponse(response());
  assert.equal(e.code, "TIER_LOCKED");
  assert.equal(e.requestId, "r1");
  assert.equal(e.headers.get("Retry-After"), "3");
  const used = response();
  await used.text();
  const late = await VivixError.fromResponse(used);
  assert.equal(late.status, 403);
  assert.equal(late.headers.get("retry-after"), "3");
  assert.equal(late.body, "");
  assert.equal(late.outcome, "no_code");
});

test("an event is an error or none", () => {
  const event = VivixError.fromEvent({ error: "KEY_REVOKED", request_id: 9007199254740993n });
  is<Same<typeof event, VivixError | undefined>>();
  assert.ok(event instanceof VivixError && event.is("KEY_REVOKED"));
  assert.equal(event.requestId, "9007199254740993");
  assert.equal(event.httpStatus, undefined);
  const webhook = VivixError.fromEvent({ error: "KEY_REVOKED" }, { "X-Request-Id": "r3" });
  assert.equal(webhook?.headers.get("x-request-id"), "r3");
});

test("the other errors of a response are errors of the same API", async () => {
  const { otherErrors, alone } = modelNotAllowed();
  is<Same<typeof alone, VivixError>>();
  is<Same<typeof otherErrors, readonly VivixError[]>>();
  assert.deepEqual(otherErrors, []);
  const type = await errorClass("several-errors");
  const body = '{"code": "INVALID", "errors": {"name": {"_errors": [{"code": "REQUIRED", "message": "Needed.", "key": "name"}]}}}';
  const error = type.from({ status: 400, body });
  const [other] = error.otherErrors;
  assert.ok(isApiError(other) && other instanceof OtherApiError && other.constructor === error.constructor);
  assert.equal(other.code, "REQUIRED");
  assert.ok(error.alone.constructor === error.constructor && error.alone.otherErrors.length === 0);
  assert.deepEqual(JSON.parse(JSON.stringify(error)).otherErrors[0].details, { key: "name" });
});

test("parts of a response are of any client", () => {
  const body = '{"error": "KEY_REVOKED"}';
  const bytes = new TextEncoder().encode(body);
  const headers = [["X-Request-Id", "r2"]] as const;
  const all: ResponseParts[] = [{ body }, { body: bytes }, { body: bytes.buffer, headers }, { body, headers: { a: ["1", "2"] }, status: 401 }];
  for (const parts of all) assert.equal(VivixError.from(parts).code, "KEY_REVOKED");
  assert.equal(new VivixError({}).code, undefined);
});

test("members of objects are not codes", () => {
  for (const code of ["toString", "__proto__", "constructor", "hasOwnProperty", "0", ""]) {
    const e = vivix(400, JSON.stringify({ error: code }));
    assert.equal(e.code, undefined, code);
    assert.equal(e.rawCode, code === "" ? undefined : code);
    assert.deepEqual(e.details, {});
  }
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
});

test("the message is one line", () => {
  const e = vivix(401, JSON.stringify({ error: "KEY_REVOKED", message: `A\nb\u001b[31m\u202e\u061c\u200e\u200f${"x".repeat(400)}` }));
  assert.match(e.message, /^Vivix KEY_REVOKED \(401\): A\\nb\\u\{1b\}\[31m\\u\{202e\}\\u\{61c\}\\u\{200e\}\\u\{200f\}x+…$/);
  assert.ok(e.stack?.startsWith("VivixError: Vivix KEY_REVOKED"));
  assert.equal(String(e), `VivixError: ${e.message}`);
  assert.equal(e.serverMessage?.length, 400 + 12);
});

test("an error is plain data for a log", () => {
  const huge = vivix(403, '{"error": "MODEL_NOT_ALLOWED", "model": "m", "request_id": 90071992547409931}');
  const json = huge.toJSON();
  assert.deepEqual(structuredClone(json), json);
  const logged = JSON.parse(JSON.stringify(huge)) as Record<string, unknown>;
  assert.equal(logged["code"], "MODEL_NOT_ALLOWED");
  assert.equal(logged["requestId"], "90071992547409931");
  assert.equal(logged["name"], "VivixError");
  assert.deepEqual(logged["details"], { model: "m" });
});

test("delays are told, else drawn within the backoff", () => {
  const draws = (attempt: number, body = "{}"): number[] =>
    Array.from({ length: 300 }, () => vivix(500, body).delay(attempt) ?? Number.NaN);
  for (const [attempt, ceiling] of [[0, 1000], [1, 2000], [5, 30_000], [4000, 30_000], [-1, 1000], [Number.NaN, 1000]] as const) {
    const drawn = draws(attempt);
    assert.ok(drawn.every((ms) => Number.isInteger(ms) && ms >= 0 && ms <= ceiling), `attempt ${attempt}`);
    assert.ok(new Set(drawn).size > 30, "the waits differ");
  }
  const limited = vivix(429, "{}", { "retry-after": "Thu, 15 Jan 2026 12:00:30 GMT" });
  assert.equal(limited.delay(7, Date.parse("2026-01-15T12:00:00Z")), 30_000);
  assert.equal(limited.delay(7, new Date("2026-01-15T12:00:00.001Z")), 29_999);
  assert.equal(modelNotAllowed().delay(0), undefined);
});

test("the texts of the catalog are told once they are imported", async () => {
  const e = modelNotAllowed();
  assert.equal(e.remediation, undefined);
  assert.equal(e.description, undefined);
  assert.equal(e.condition, undefined);
  const advised = vivix(401, '{"error": "KEY_REVOKED", "next": "Ask your administrator."}');
  assert.equal(advised.remediation, "Ask your administrator.");
  await import("../../../generated/typescript/vivix-errors/texts.js");
  assert.match(e.remediation ?? "", /getvivix/);
  assert.ok(e.description && e.condition);
  assert.equal(advised.remediation, "Ask your administrator.");
});

test("what callers without types pass is decoded too, and nothing throws", () => {
  const from = (parts: unknown) => VivixError.from(parts as Parameters<typeof VivixError.from>[0]);
  assert.equal(from({ status: 401, body: { error: "KEY_INVALID" } }).code, "KEY_INVALID");
  for (const parts of [undefined, null, {}, { body: 1n }, { body: () => 1 }, { body: [1], status: "x", headers: 3 }]) {
    assert.equal(from(parts).code, undefined);
  }
});
