/** The README's TypeScript is what runs here: the lines between the marks. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { VivixError } from "../../../generated/typescript/vivix-errors/index.js";
import { WubbleError, withRetry } from "../../../generated/typescript/wubble-errors/index.js";
import "../../../generated/typescript/vivix-errors/texts.js";
import { listen } from "./server.js";

async function run(response: Response): Promise<unknown> {
  let did: unknown;
  const attempt = 0;
  const askFor = (model: string | undefined) => (did = ["asked for", model]);
  const wait = (ms: number) => (did = ["waited", ms >= 0]);
  const giveUp = (advice: string) => (did = ["gave up", advice]);
  // begin
  const error = await VivixError.fromResponse(response);
  if (error.is("MODEL_NOT_ALLOWED")) askFor(error.details.model);
  else if (error.retry === "retry") wait(error.delay(attempt) ?? 0); // milliseconds; attempt 0 first
  else giveUp(error.remediation ?? error.message);
  // end
  return did;
}

async function make(url: string, body: string, signal: AbortSignal, log: (line: string) => void): Promise<unknown> {
  // begin
  const song = await withRetry(
    async ({ signal, idempotencyKey }) => {
      const headers = { [WubbleError.idempotencyHeader]: idempotencyKey() };
      const response = await WubbleError.check(await fetch(url, { method: "POST", headers, body, signal }));
      return response.json();
    },
    {
      attempts: 5,
      total: 60_000, // milliseconds
      unanswered: (thrown) => thrown instanceof TypeError, // what fetch throws where there was no response
      signal,
      onRetry: ({ thrown, delay }) => log(`${thrown}; again in ${delay} ms`),
    },
  );
  // end
  return song;
}

test("the README shows the lines that run", () => {
  const squeezed = (text = ""): string => text.split(/\s+/).join(" ").trim();
  const source = readFileSync(new URL("../src/readme.test.ts", import.meta.url), "utf8");
  const run = source.split("  // begin\n").slice(1).map((rest) => squeezed(rest.split("  // end")[0]));
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const blocks = readme.split("```ts\n").slice(1).map((rest) => rest.split("```")[0] ?? "");
  // What a reader imports is imported from elsewhere here.
  assert.deepEqual(blocks.map((block) => squeezed(block.replace(/^import .*\n/gm, ""))), run);
});

test("they do what they say", async () => {
  const respond = (status: number, body: string) => run(new Response(body, { status }));
  assert.deepEqual(await respond(403, '{"error": "MODEL_NOT_ALLOWED", "model": "m1"}'), ["asked for", "m1"]);
  assert.deepEqual(await respond(500, '{"error": "INTERNAL_ERROR"}'), ["waited", true]);
  assert.deepEqual(await respond(401, '{"error": "KEY_REVOKED", "next": "Rotate."}'), ["gave up", "Rotate."]);
  assert.deepEqual(await respond(401, '{"error": "KEY_REVOKED"}'), ["gave up", "Make a new key; a revocation cannot be undone."]);
});

test("a request of the README is repeated with the same key", async () => {
  const server = await listen();
  try {
    server.answer({ status: 429, headers: { "retry-after": "1" }, body: '{"error": {"code": "RATE_LIMIT_EXCEEDED", "message": "Slow."}}' }, { status: 201, body: '{"id": 1}' });
    const lines: string[] = [];
    const { signal } = new AbortController();
    assert.deepEqual(await make(server.url, "la", signal, (line) => lines.push(line)), { id: 1 });
    assert.match(lines.join(), /^WubbleError: Wubble .+; again in 1000 ms$/);
    const keys = server.asked.map(({ headers }) => headers["idempotency-key"]);
    assert.ok(keys.length === 2 && keys[0] !== undefined && keys[0] === keys[1]);
  } finally {
    await server.close();
  }
});
