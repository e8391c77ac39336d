/**
 * The example for Node is a program that compiles and does what it says. It stays in `build/example`, where
 * tests/tests/on_mock runs it against the mock.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { folder } from "./packages.js";
import { listen, type Reply } from "./server.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const example = here("example");
const server = await listen();
after(() => server.close());

// What `npm install` does in it.
rmSync(example, { recursive: true, force: true });
for (const file of ["src", "package.json", "tsconfig.json"]) cpSync(here(`../../../examples/node/${file}`), join(example, file), { recursive: true });
mkdirSync(join(example, "node_modules"));
symlinkSync(join(folder, "vivix-errors"), join(example, "node_modules/vivix-errors"));
symlinkSync(here("../node_modules/@types"), join(example, "node_modules/@types"));
symlinkSync(here("../node_modules/undici-types"), join(example, "node_modules/undici-types"));
execFileSync(process.execPath, [here("../node_modules/typescript/bin/tsc")], { cwd: example, stdio: "inherit" });

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program against the answers; it is interrupted, where that is asked for, as soon as it says something to people. */
async function run(replies: readonly Reply[], args: readonly string[], interrupt = false): Promise<Ended> {
  server.answer(...replies);
  const child = spawn(process.execPath, [join(example, "build/client.js"), ...args], { env: { ...process.env, VIVIX_KEY: "vvx_live_1" } });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk));
  if (interrupt) child.stderr.once("data", () => child.kill("SIGINT"));
  const [status] = (await once(child, "close")) as [number | null];
  return { status, out, err };
}

const video: Reply = { status: 200, headers: { "content-type": "application/json" }, body: '{"id": "v1", "status": "done"}' };
const down: Reply = { status: 500, headers: { "retry-after": "0" }, body: '{"error": "INTERNAL_ERROR", "message": "Oops."}' };
const at = (...rest: string[]): string[] => [server.url.slice(0, -1), ...rest];

test("a video is shown, after a repeat", async () => {
  const { status, out, err } = await run([down, video], at("show", "v 1"));
  assert.deepEqual([status, out], [0, '{"id":"v1","status":"done"}\n']);
  assert.match(err, /^Vivix INTERNAL_ERROR \(500\): Oops\.; again in \d+(\.\d+)? s\n$/);
  assert.deepEqual(server.asked.map(({ method, url, headers }) => [method, url, headers.authorization]), Array(2).fill(["GET", "/videos/v%201", "Bearer vvx_live_1"]));
});

test("a video is not made twice", async () => {
  const { status, out, err } = await run([down, video], at("make", "a cat"));
  assert.deepEqual([status, out, server.asked.length], [1, "", 1]);
  assert.match(err, /^Vivix INTERNAL_ERROR \(500\): Oops\.\nRepeat the request/);
  assert.equal((await run([video], at("make", "a cat"))).status, 0);
});

test("what is wrong is said, and what to do", async () => {
  const refused: Reply = { status: 402, body: '{"error": "INSUFFICIENT_CREDITS", "balance": 3, "needed": 10, "next": "Buy some."}' };
  const { status, err } = await run([refused], at("make", "a cat"));
  assert.deepEqual([status, err], [1, "Vivix INSUFFICIENT_CREDITS (402)\nIt costs 10 credits, and there are 3.\nBuy some.\n"]);
});

test("a wait can be interrupted", { skip: process.platform === "win32" }, async () => {
  const provider: Reply = { status: 503, body: '{"error": "PROVIDER_DOWN"}' };
  const { status, err } = await run([provider], at("show", "v1"), true);
  assert.deepEqual([status, err, server.asked.length], [1, "Vivix PROVIDER_DOWN (503); again in 60 s\nError: interrupted\n", 1]);
});

test("without sensible arguments it says how it is used", async () => {
  for (const args of [[], at(), at("show"), at("sing", "song")]) {
    assert.deepEqual(await run([], args), { status: 2, out: "", err: "usage: client BASE_URL (make PROMPT | show ID)\n" });
  }
});
