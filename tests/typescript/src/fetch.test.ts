/** What clients get to read, over real sockets. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { VivixError } from "../../../generated/typescript/vivix-errors/index.js";
import { errorClass, type ErrorClass } from "./packages.js";
import { listen } from "./server.js";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const is = <T extends true>(_?: T): void => {};

const server = await listen();
after(() => server.close());
const slack: ErrorClass = await errorClass("slack-errors");
const json = { "content-type": "application/json" };
const revoked = '{"error": "KEY_REVOKED", "message": "Gone.", "request_id": "r1"}';

/** The error that a request ends with. */
async function failure(checked: Promise<unknown>): Promise<VivixError> {
  const error = await checked.then(() => assert.fail("it is an error"), (error: unknown) => error);
  assert.ok(error instanceof VivixError);
  return error;
}

test("check throws what is an error", async () => {
  server.answer({ status: 401, headers: { ...json, "x-a": "1" }, body: revoked });
  const error = await failure(VivixError.check(await fetch(server.url)));
  assert.ok(error.is("KEY_REVOKED"));
  assert.deepEqual([error.status, error.headers.get("x-a"), error.body, error.requestId, error.truncated], [401, "1", revoked, "r1", false]);
});

test("check gives back what is none, whole, and of its own type", async () => {
  server.answer({ status: 200, headers: json, body: revoked });
  const response = await fetch(server.url);
  const checked = await VivixError.check(response);
  is<Same<typeof checked, Response>>();
  assert.equal(checked, response);
  assert.equal(await checked.text(), revoked);
  server.answer({ status: 201, body: "made" });
  assert.equal(await (await VivixError.check(fetch(server.url))).text(), "made", "a promise will do");
});

test("a success of which no shape has the status is not read, though it never ends", async () => {
  server.answer((response) => response.writeHead(200, json).write('{"error": "KEY_REVOKED"'));
  const controller = new AbortController();
  const response = await VivixError.check(await fetch(server.url, { signal: controller.signal }));
  assert.equal(response.bodyUsed, false);
  controller.abort();
  await assert.rejects(response.text(), { name: "AbortError" });
});

test("an error that comes as a success is one", async () => {
  const refused = '{"ok": false, "error": "not_authed"}';
  server.answer({ status: 200, headers: json, body: refused });
  const error = await slack.check(await fetch(server.url)).catch((error: unknown) => error);
  assert.ok(error instanceof slack.from({}).constructor);
  assert.deepEqual([(error as VivixError).rawCode, (error as VivixError).status, (error as VivixError).body], ["not_authed", 200, refused]);
  const fine = `{"ok": true, "error": "not_authed", "items": [${"1,".repeat(100_000)}1]}`;
  server.answer({ status: 200, headers: json, body: fine });
  const response = await fetch(server.url);
  assert.equal(await slack.check(response), response);
  assert.equal(await response.text(), fine);
});

test("a download that an error could be is given back after the limit", async () => {
  const size = 300_000;
  server.answer({ status: 200, headers: json, body: `{"ok": true, "data": "${"x".repeat(size)}"}` });
  const response = await slack.check(await fetch(server.url), { limit: 1000 });
  const { data } = (await response.json()) as { data: string };
  assert.equal(data.length, size);
});

test("a stream of events is given back at once", async () => {
  server.answer((response) => response.writeHead(200, { "content-type": "text/event-stream" }).write('data: {"ok": false}\n\n'));
  const controller = new AbortController();
  const response = await slack.check(await fetch(server.url, { signal: controller.signal }));
  const reader = response.body?.getReader();
  assert.match(Buffer.from((await reader?.read())?.value ?? []).toString(), /^data/);
  controller.abort();
});

test("the HTML of a proxy is an error of which the status is known", async () => {
  server.answer({ status: 502, headers: { "content-type": "text/html" }, body: "<html>502 Bad Gateway</html>" });
  const error = await failure(VivixError.check(await fetch(server.url)));
  assert.deepEqual([error.outcome, error.status, error.code, error.body], ["malformed", 502, undefined, "<html>502 Bad Gateway</html>"]);
});

test("a body that is cut keeps what came", async () => {
  server.answer((response) => {
    response.writeHead(401, { ...json, "content-length": "1000" });
    response.write(revoked, () => setImmediate(() => response.destroy()));
  });
  const error = await VivixError.fromResponse(await fetch(server.url));
  assert.deepEqual([error.code, error.status, error.body, error.truncated], ["KEY_REVOKED", 401, revoked, true]);
  assert.deepEqual(error.notes, ["truncated-body"]);
  server.answer((response) => {
    response.writeHead(503, { ...json, "retry-after": "7", "content-length": "1000" });
    response.write('{"error": "PROV', () => setImmediate(() => response.destroy()));
  });
  const halved = await VivixError.fromResponse(await fetch(server.url));
  assert.deepEqual([halved.outcome, halved.status, halved.headers.get("retry-after"), halved.truncated], ["malformed", 503, "7", true]);
});

test("a body without an end is read up to the limit, and the connection given up", async () => {
  let sent: ServerResponse | undefined;
  server.answer((response) => {
    sent = response.writeHead(401, json);
    response.write(revoked.slice(0, -1));
    const more = (): void => {
      while (!response.destroyed && response.write(`, "x": "${"y".repeat(10_000)}"`));
    };
    response.on("drain", more);
    more();
  });
  const error = await failure(VivixError.check(await fetch(server.url)));
  assert.deepEqual([error.bytes.length, error.truncated, error.status, error.headers.get("content-type")], [1_048_576, true, 401, "application/json"]);
  if (sent?.destroyed === false) await once(sent, "close");
  assert.equal(sent?.destroyed, true);
});

test("the limit is one of what a body is unpacked to", async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
  assert.ok(bomb.length < 100_000);
  server.answer({ status: 401, headers: { ...json, "content-encoding": "gzip" }, body: bomb });
  const error = await VivixError.fromResponse(await fetch(server.url), { limit: 5000 });
  assert.deepEqual([error.bytes.length, error.truncated], [5000, true]);
  server.answer({ status: 401, headers: { ...json, "content-encoding": "gzip" }, body: gzipSync(revoked) });
  assert.equal((await VivixError.fromResponse(await fetch(server.url))).code, "KEY_REVOKED");
});

test("a body that never comes can be given up", async () => {
  server.answer((response) => response.writeHead(500, json).flushHeaders());
  const controller = new AbortController();
  const reason = new Error("enough");
  const reading = VivixError.fromResponse(await fetch(server.url), { signal: controller.signal });
  setImmediate(() => controller.abort(reason));
  await assert.rejects(reading, (error) => error === reason);
});

test("a request that is aborted while the body comes leaves what came", async () => {
  const controller = new AbortController();
  server.answer((response) => response.writeHead(401, json).write(revoked));
  const reading = VivixError.fromResponse(await fetch(server.url, { signal: controller.signal }));
  setImmediate(() => controller.abort());
  const error = await reading;
  assert.deepEqual([error.status, error.truncated], [401, true]);
});

test("white space behind the value of a header, which fetch leaves there, is no part of it", async () => {
  server.answer({ status: 429, headers: { "retry-after": " 30 \t", "x-request-id": "\t " }, body: "{}" });
  const error = await VivixError.fromResponse(await fetch(server.url));
  assert.deepEqual([error.toldDelay(), error.requestId, error.notes], [30_000, undefined, []]);
});

test("an answer to HEAD has no body, and nothing is missing", async () => {
  server.answer({ status: 401, headers: json, body: revoked });
  const error = await VivixError.fromResponse(await fetch(server.url, { method: "HEAD" }));
  assert.deepEqual([error.status, error.truncated, error.notes], [401, false, ["empty-body"]]);
});

test("what fetch itself throws goes through", async () => {
  server.answer((response) => response.destroy());
  await assert.rejects(VivixError.check(fetch(server.url)), TypeError);
});
