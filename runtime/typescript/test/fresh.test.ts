import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
// From build/test, where the compiled tests stand.
const root = here("../../");
const committed = here("../../../../codegen/src/emit/typescript/engine");

function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("the engine of the generator is what these sources compile to", () => {
  const folder = mkdtempSync(join(tmpdir(), "errbook-engine-"));
  try {
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", root, "--outDir", folder]);
    assert.deepEqual(filesOf(committed), filesOf(folder), "run `npm run build`");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
