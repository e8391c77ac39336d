/** Errors that go to another thread, or into a text and back. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { MessageChannel, Worker } from "node:worker_threads";
import { isApiError, VivixError, type AnyApiError, type PlainResponse } from "../../../generated/typescript/vivix-errors/index.js";
import { errorClass } from "./packages.js";

/** All that an error says, and what it was made from. */
function facts(error: AnyApiError): unknown {
  const { toParts, toJSON, stack, ...rest } = Object.fromEntries(members.map((key) => [key, error[key]])) as Record<string, unknown>;
  return { ...rest, headers: [...error.headers], otherErrors: error.otherErrors.map(facts) };
}

const members: readonly (keyof AnyApiError)[] = [
  "api", "outcome", "code", "rawCode", "knownCause", "status", "httpStatus", "body", "bytes", "truncated", "message", "serverMessage", "requestId",
  "retry", "condition", "backoff", "repeat", "remediation", "description", "action", "category", "group", "docsUrl", "details", "fields", "notes", "name",
];

const headers = [["retry-after", "7"], ["set-cookie", "a=1"], ["set-cookie", "b=2"], ["x-latin", "caf\u00e9"]] as const;
const errors: Readonly<Record<string, VivixError>> = {
  "a listed error": VivixError.from({ status: 402, headers, body: '{"error": "INSUFFICIENT_CREDITS", "balance": 0.12345678901234567890, "needed": 9007199254740993}' }),
  "a body that is no UTF-8": VivixError.from({ status: 500, body: Uint8Array.from([123, 0, 0xff, 0xfe, 0x80]) }),
  "a body with half a character": VivixError.from({ status: 400, body: '{"error": "\ud83d"}' }),
  "no body": VivixError.from({ status: 429, headers }),
  "no status": VivixError.from({ body: '{"error": "PROVIDER_DOWN"}' }),
  "a part of a body": VivixError.from({ status: 401, body: '{"error": "KEY_REVOKED"', truncated: true }),
};

/** Ways that plain data takes. */
const ways: Readonly<Record<string, (parts: PlainResponse) => unknown>> = {
  structuredClone: (parts) => structuredClone(parts),
  JSON: (parts) => JSON.parse(JSON.stringify(parts)),
  async "a MessagePort"(parts) {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(parts);
    const [data] = (await once(port2, "message")) as [unknown];
    port1.close();
    return data;
  },
};

for (const [what, error] of Object.entries(errors)) {
  for (const [way, send] of Object.entries(ways)) {
    test(`${what} is whole after ${way}`, async () => {
      const parts = error.toParts();
      assert.equal(parts.api, "vivix");
      const data = await send(parts);
      assert.deepEqual(data, parts);
      const again = VivixError.from(data as PlainResponse);
      assert.ok(again instanceof VivixError);
      assert.deepEqual(facts(again), facts(error));
      assert.deepEqual(again.toParts(), parts);
    });
  }
}

test("the others of a response come with the first", async () => {
  const type = await errorClass("several-errors");
  const error = type.from({ status: 400, body: '{"code": "INVALID", "errors": {"name": {"_errors": [{"code": "REQUIRED", "message": "Needed.", "key": "name"}]}}}' });
  assert.equal(error.otherErrors.length, 1);
  for (const one of [error, ...error.otherErrors]) {
    const again = type.from(JSON.parse(JSON.stringify(one.toParts())) as PlainResponse);
    assert.deepEqual(facts(again), facts(error));
  }
});

test("an error of a thread is one here, and the other way round", async () => {
  const worker = new Worker(new URL("worker.js", import.meta.url));
  try {
    for (const error of Object.values(errors)) {
      worker.postMessage(error.toParts());
      const [{ code, message, parts }] = (await once(worker, "message")) as [{ code: unknown; message: unknown; parts: PlainResponse }];
      assert.deepEqual([code, message], [error.code, error.message]);
      assert.deepEqual(facts(VivixError.from(parts)), facts(error));
    }
  } finally {
    await worker.terminate();
  }
});

test("an error that is cloned as it is becomes a plain one with its line", () => {
  const error = VivixError.from({ status: 401, body: '{"error": "KEY_REVOKED"}' });
  const clone: Error = structuredClone(error);
  assert.ok(clone instanceof Error && !isApiError(clone));
  assert.equal(clone.message, "Vivix KEY_REVOKED (401)");
  assert.equal(clone.stack, error.stack);
});

test("base64 that is none is no body", () => {
  for (const headers of [[1], [null], [["a"]], [[]], "a", 7]) {
    const error = VivixError.from({ status: 401, headers, body: '{"error": "KEY_REVOKED"}' } as unknown as PlainResponse);
    assert.deepEqual([error.code, [...error.headers]], ["KEY_REVOKED", []], JSON.stringify(headers));
  }
  for (const bodyBase64 of ["*", "a", 7, null, {}]) {
    const error = VivixError.from({ status: 401, bodyBase64 } as unknown as PlainResponse);
    assert.deepEqual([error.status, error.body, error.outcome], [401, "", "no_code"]);
  }
});

test("headers and body are not in what a log gets", () => {
  const logged = JSON.stringify(VivixError.from({ status: 401, headers: [["set-cookie", "secret"]], body: '{"error": "KEY_REVOKED", "x": "private"}' }));
  assert.ok(logged.includes("KEY_REVOKED") && !logged.includes("secret") && !logged.includes("private"));
});
