/** The README's TypeScript is what runs here: the lines between the marks. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { VivixError } from "../../../generated/typescript/vivix-errors/index.js";
import "../../../generated/typescript/vivix-errors/texts.js";

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

test("the README shows the lines that run", () => {
  const squeezed = (text = ""): string => text.split(/\s+/).join(" ").trim();
  const source = readFileSync(new URL("../src/readme.test.ts", import.meta.url), "utf8");
  const code = source.split("// begin\n")[1]?.split("  // end")[0];
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const shown = readme.split("```ts\n")[1]?.split("```")[0];
  assert.equal(squeezed(shown?.slice(shown.indexOf("\n\n"))), squeezed(code));
});

test("they do what they say", async () => {
  const respond = (status: number, body: string) => run(new Response(body, { status }));
  assert.deepEqual(await respond(403, '{"error": "MODEL_NOT_ALLOWED", "model": "m1"}'), ["asked for", "m1"]);
  assert.deepEqual(await respond(500, '{"error": "INTERNAL_ERROR"}'), ["waited", true]);
  assert.deepEqual(await respond(401, '{"error": "KEY_REVOKED", "next": "Rotate."}'), ["gave up", "Rotate."]);
  assert.deepEqual(await respond(401, '{"error": "KEY_REVOKED"}'), ["gave up", "Make a new key; a revocation cannot be undone."]);
});
