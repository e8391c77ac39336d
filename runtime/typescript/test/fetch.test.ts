import assert from "node:assert/strict";
import { getEventListeners, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { errorOf, readResponse, type Api, type ClonableResponse, type FetchResponse } from "../src/index.js";

const text = (body: unknown): string => Buffer.from(body as Uint8Array).toString();

/** A body in these pieces, then what `end` does; how often it was asked, and whether it was given up. */
function streamOf(pieces: readonly unknown[], end = (controller: ReadableStreamDefaultController): void => controller.close()) {
  const seen = { pulls: 0, cancelled: undefined as unknown };
  const stream = new ReadableStream(
    {
      pull(controller) {
        const piece = pieces[seen.pulls++];
        if (piece === undefined) end(controller);
        else controller.enqueue(typeof piece === "string" ? Buffer.from(piece) : piece);
      },
      cancel: (reason: unknown) => void (seen.cancelled = reason ?? "given up"),
    },
    { highWaterMark: 0 },
  );
  return { stream, seen };
}

const respond = (stream: ReadableStream | null, status = 500): Response => new Response(stream, { status, headers: { "x-a": "1" } });

test("a body is read up to the limit, and no further", async () => {
  for (const [limit, kept, pulls] of [[6, "abcdef", 4], [5, "abcde", 3], [4, "abcd", 3], [1, "a", 1], [0, "", 1], [-1, "", 1], [Number.NaN, "", 1]] as const) {
    const { stream, seen } = streamOf(["ab", "cd", "ef"]);
    const { body, truncated } = await readResponse(respond(stream), { limit });
    assert.deepEqual([text(body), truncated, seen.pulls], [kept, limit !== 6, pulls], `limit ${limit}`);
    assert.equal(seen.cancelled, limit === 6 ? undefined : "given up");
  }
  const { stream, seen } = streamOf(Array.from({ length: 3000 }, () => "x".repeat(1024)));
  const { body, truncated } = await readResponse(respond(stream));
  assert.deepEqual([(body as Uint8Array).length, truncated, seen.pulls], [1_048_576, true, 1025]);
});

test("an error without a body has none, and nothing is missing", async () => {
  assert.deepEqual(
    (({ body, truncated }) => [text(body), truncated])(await readResponse(respond(null))),
    ["", false],
  );
});

test("what came before a body broke off remains", async () => {
  const { stream } = streamOf(["ab"], (controller) => controller.error(new Error("reset")));
  const { status, headers, body, truncated } = await readResponse(respond(stream));
  assert.deepEqual([status, (headers as Headers).get("x-a"), text(body), truncated], [500, "1", "ab", true]);
  for (const piece of [{ length: 0 }, 7, [1]]) {
    const odd = await readResponse(respond(streamOf(["ab", piece]).stream));
    assert.deepEqual([text(odd.body), odd.truncated], ["ab", true], "a stream of something else than bytes");
  }
});

test("a body that somebody else reads or has read is not there", async () => {
  const read = respond(streamOf(["ab"]).stream);
  await read.text();
  const locked = respond(streamOf(["ab"]).stream);
  locked.body?.getReader();
  for (const response of [read, locked]) {
    const { status, body, truncated } = await readResponse(response);
    assert.deepEqual([status, text(body), truncated], [500, "", true]);
  }
});

test("responses of other libraries are read by arrayBuffer", async () => {
  const bytes = (body: string): ArrayBuffer => new TextEncoder().encode(body).buffer as ArrayBuffer;
  const other = (own: Partial<FetchResponse>): FetchResponse => ({ status: 500, headers: {}, arrayBuffer: async () => bytes("abc"), ...own });
  assert.equal(text((await readResponse(other({}))).body), "abc");
  assert.equal(text((await readResponse(other({ body: { pipe: true } }))).body), "abc");
  const { body, truncated } = await readResponse(other({}), { limit: 2 });
  assert.deepEqual([text(body), truncated], ["ab", true]);
  assert.equal((await readResponse(other({ arrayBuffer: () => Promise.reject(new Error("used")) }))).truncated, true);
  const untyped = await readResponse({ status: 500, headers: {} } as FetchResponse);
  assert.deepEqual([untyped.status, untyped.truncated], [500, true]);
});

test("a body that can be iterated is read in its chunks, up to the limit", async () => {
  let left = 0;
  let ended = false;
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      for (left = 1000; left > 0; left--) yield Buffer.from("ab");
    } finally {
      ended = true;
    }
  }
  const other = (): FetchResponse => ({ status: 500, headers: {}, body: body(), arrayBuffer: () => Promise.reject(new Error("a whole")) });
  assert.equal(text((await readResponse(other())).body), "ab".repeat(1000));
  const cut = await readResponse(other(), { limit: 5 });
  assert.deepEqual([text(cut.body), cut.truncated, left, ended], ["ababa", true, 998, true]);
});

test("aborting ends what other libraries read, too", async () => {
  const never = new Promise<never>(() => undefined);
  const stuck = { [Symbol.asyncIterator]: () => ({ next: () => never }) };
  for (const body of [undefined, stuck]) {
    const controller = new AbortController();
    setImmediate(() => controller.abort("enough"));
    const response = { status: 500, headers: {}, ...(body && { body }), arrayBuffer: () => never };
    await assert.rejects(readResponse(response, { signal: controller.signal }), (thrown) => thrown === "enough");
    assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  }
});

test("aborting breaks off reading at once, with the reason", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { stream, seen } = streamOf(["ab"], () => setImmediate(() => controller.abort(reason)));
  await assert.rejects(readResponse(respond(stream), { signal: controller.signal }), (error) => error === reason);
  assert.equal(seen.cancelled, reason);
  assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  await assert.rejects(readResponse(respond(null), { signal: AbortSignal.abort(7) }), (error) => error === 7);
});

test("a signal that is left alone is left as it was", async () => {
  const { signal } = new AbortController();
  await readResponse(respond(streamOf(["ab"]).stream), { signal });
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

const api: Api = {
  id: "demo",
  title: "Demo",
  shapes: [
    { statuses: [200], gate: [[["ok"], "equals", "false"]], code: [[["error"]]] },
    { statuses: [[400, 499]], code: [[["error"]]] },
    { statuses: [0], code: [[["event"]]] },
  ],
  rows: [["NO", -1, -1, 0, -1]],
  aliases: [],
  uncoded: [],
  statusSets: [],
  retries: [],
  groups: [],
  more: [],
  statuses: [],
  sources: [""],
};

/** A response that tells whether somebody made a copy of it. */
function watched(body: string, status: number, type?: string): { response: Response; copies: () => number } {
  const response = new Response(status === 204 ? null : Buffer.from(body), { status, headers: type === undefined ? {} : { "content-type": type } });
  let copies = 0;
  const clone = response.clone.bind(response);
  response.clone = () => (copies++, clone());
  return { response, copies: () => copies };
}

const refused = '{"ok": false, "error": "NO"}';

test("a success is looked at only where an error can come with its status, and as a text", async () => {
  const cases: [status: number, type: string | undefined, copies: number][] = [
    [200, undefined, 1],
    [200, "application/json; charset=utf-8", 1],
    [200, "application/problem+json", 1],
    [200, "application/x-amz-json-1.0", 1],
    [200, "text/html", 1],
    [200, "Text/Plain", 1],
    [200, "application/xml", 1],
    [200, "text/event-stream", 0],
    [200, "application/x-ndjson", 0],
    [200, "application/jsonl", 0],
    [200, "application/json-seq", 0],
    [200, "application/octet-stream", 0],
    [200, "video/mp4", 0],
    [201, "application/json", 0],
    [204, undefined, 0],
    [302, "application/json", 0],
  ];
  for (const [status, type, expected] of cases) {
    const { response, copies } = watched(refused, status, type);
    const error = await errorOf(api, response);
    assert.deepEqual([copies(), error?.code], [expected, expected === 1 ? "NO" : undefined], `${status} ${type}`);
    if (expected === 0 && status !== 204) assert.equal(await response.text(), refused);
  }
});

test("an error by its status is read without a copy", async () => {
  for (const [status, code] of [[400, "NO"], [599, undefined]] as const) {
    const { response, copies } = watched(refused, status);
    const error = await errorOf(api, response);
    assert.ok(error !== undefined);
    assert.deepEqual([error.code, copies()], [code, 0]);
  }
});

test("what fetch hides is no error", async () => {
  const hidden = { status: 0, headers: {}, arrayBuffer: async () => new TextEncoder().encode('{"event": "NO"}').buffer as ArrayBuffer };
  const response: ClonableResponse = { ...hidden, clone: () => hidden };
  assert.equal(await errorOf(api, response), undefined);
});

test("a success comes back whole, however long it is", async () => {
  const body = `{"ok": true, "items": [${"1,".repeat(1000)}1]}`;
  for (const limit of [10, 1000, 1_000_000]) {
    const { stream, seen } = streamOf([...body]);
    const response = respond(stream, 200);
    assert.equal(await errorOf(api, response, { limit }), undefined);
    assert.ok(limit > body.length || seen.pulls <= limit + 2, "no more is read ahead");
    assert.equal(await response.text(), body);
  }
});

test("a success that breaks off is none", async () => {
  const { stream } = streamOf(['{"ok": false'], (controller) => controller.error(new Error("reset")));
  const response = respond(stream, 200);
  await assert.rejects(errorOf(api, response), /reset/);
});

test("of a part of a success nobody says that it is an error", async () => {
  const response = respond(streamOf([refused, ..."   "]).stream, 200);
  assert.equal(await errorOf(api, response, { limit: 29 }), undefined);
  assert.equal(await response.text(), `${refused}   `);
  const whole = await errorOf(api, respond(streamOf([refused, ..."   "]).stream, 200));
  assert.deepEqual([whole?.code, whole?.came.truncated], ["NO", false]);
});

test("a success that somebody reads already is none of ours", async () => {
  const { response } = watched(refused, 200);
  await response.text();
  assert.equal(await errorOf(api, response), undefined);
});

test("a request that is aborted while its success is looked at rejects, and nothing else does", async (t) => {
  const server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(request.url === "/big" ? `{"a": "${"x".repeat(100_000)}"` : "{");
  }).listen(0, "127.0.0.1");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const own of [true, false]) {
    const signal = AbortSignal.timeout(50);
    await assert.rejects(async () => errorOf(api, await fetch(url, { signal }), own ? { signal } : {}), { name: "TimeoutError" });
  }
  for (const reads of [true, false]) {
    const controller = new AbortController();
    const { signal } = controller;
    const response = await fetch(`${url}/big`, { signal });
    assert.equal(await errorOf(api, response, { limit: 10, signal }), undefined);
    controller.abort();
    if (reads) await assert.rejects(response.text());
  }
  // What nobody handles would be told by now, and fail the test.
  await setTimeout(20);
});

test("aborting breaks off looking at a success", async () => {
  const controller = new AbortController();
  const { stream } = streamOf(["{"], () => setImmediate(() => controller.abort("enough")));
  await assert.rejects(errorOf(api, respond(stream, 200), { signal: controller.signal }), (error) => error === "enough");
});
