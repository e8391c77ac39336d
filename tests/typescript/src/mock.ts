/**
 * `node build/mock.js FILE`: sends requests to a running mock until each is over, and prints the waits of each as JSON. What they
 * have to be, and how many requests came, is known to who runs it (tests/tests/on_mock).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { withRetry } from "../../../generated/typescript/vivix-errors/index.js";
import { errorClass } from "./packages.js";
import { VirtualClock } from "./virtual-clock.js";

interface Ask {
  /** The id of the API. */
  readonly api: string;
  readonly url: string;
  readonly client: string;
  readonly method: string;
  /** Whether an idempotency key is sent, where the API documents a header for it. */
  readonly keyed: boolean;
  /** The time it is, in milliseconds since 1970. */
  readonly now: number;
  /** What chance gives. */
  readonly draw: number;
}

async function waitsOf({ api, url, client, method, keyed, now, draw }: Ask): Promise<readonly number[]> {
  const type = await errorClass(`${api}-errors`);
  const header = keyed ? type.idempotencyHeader : undefined;
  const clock = new VirtualClock(now, draw);
  const send = async (key: () => string, signal: AbortSignal): Promise<void> => {
    const headers: [string, string][] = [["errbook-client", client]];
    if (header !== undefined) headers.push([header, key()]);
    await (await type.check(await fetch(url, { method, headers, signal, redirect: "manual" }))).arrayBuffer();
  };
  await withRetry((given) => send(given.idempotencyKey, given.signal), { method, clock, longestWait: Infinity }).catch((error: unknown) => {
    assert.ok(error instanceof type.from({}).constructor, `${url}: ${String(error)}`);
  });
  return clock.waits;
}

const asks = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Ask[];
const waits: (readonly number[])[] = [];
for (const ask of asks) waits.push(await waitsOf(ask));
console.log(JSON.stringify(waits));
