// What the packages in the given folders weigh in a bundle, gzipped, and what a lookup in them takes. Prints Markdown.

import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

// The tests of the packages bundle them too: one esbuild for both.
const { build } = createRequire(new URL("../../tests/typescript/package.json", import.meta.url))("esbuild");

const packages = process.argv.slice(2).map((folder) => resolve(folder));
const folder = mkdtempSync(join(tmpdir(), "errbook-bench-"));

/** The bytes of a program, bundled, minified and gzipped. */
async function weight(code, folderOfPackage) {
  const modules = join(folder, "node_modules");
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules, { recursive: true });
  symlinkSync(folderOfPackage, join(modules, "big-errors"));
  const entry = join(folder, "entry.mjs");
  writeFileSync(entry, code);
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    preserveSymlinks: true,
    logLevel: "error",
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const USES = [
  ["a program that imports the package and uses nothing of it", `import "big-errors";`],
  ["`isApiError` alone", `import { isApiError } from "big-errors"; globalThis.x = isApiError;`],
  ["decoding: engine and tables", `import { BigError } from "big-errors"; globalThis.x = BigError;`],
  ["tables alone", `import { api } from "./node_modules/big-errors/tables.js"; globalThis.x = api;`],
  [
    "decoding and the texts",
    `import { BigError } from "big-errors"; import "big-errors/texts"; globalThis.x = BigError;`,
  ],
];

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

/** Nanoseconds of a run of `run`, the least of several rounds. */
function nanoseconds(count, run) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 30; round++) {
    const start = process.hrtime.bigint();
    run();
    least = Math.min(least, Number(process.hrtime.bigint() - start) / count);
  }
  return least;
}

const rows = USES.map(([name]) => [name]);
const whole = ["the catalog as one object, without an engine"];
const finding = ["from a code to its row, ns"];
const parsing = ["from a body to a verdict, ns"];
for (const path of packages) {
  for (const [index, [, code]] of USES.entries()) rows[index].push(kilobytes(await weight(code, path)));
  const module = await import(pathToFileURL(join(path, "index.js")).href);
  await import(pathToFileURL(join(path, "texts.js")).href);
  const { BigError } = module;
  const codes = [...BigError.codes];
  const bodies = codes.map((code) => JSON.stringify({ error: { code, message: "No.", request_id: "req_7f3b2a" } }));
  const catalog = readFileSync(join(path, "../../../catalog.json"), "utf8");
  whole.push(kilobytes(await weight(`globalThis.x = ${catalog};`, path)));
  let sink = 0;
  const rounds = Math.max(1, Math.ceil(10_000 / bodies.length));
  const { findRow } = await import(pathToFileURL(join(path, "engine/lookup.js")).href);
  const { api } = await import(pathToFileURL(join(path, "tables.js")).href);
  finding.push(
    nanoseconds(rounds * codes.length, () => {
      for (let round = 0; round < rounds; round++) {
        for (const code of codes) sink += findRow(api, code);
      }
    }).toFixed(0),
  );
  parsing.push(
    nanoseconds(rounds * bodies.length, () => {
      for (let round = 0; round < rounds; round++) {
        for (const body of bodies) sink += BigError.from({ status: 400, body }).retry.length;
      }
    }).toFixed(0),
  );
  if (sink === 0) throw new Error("nothing was decoded");
}

const line = (cells) => `| ${cells.join(" | ")} |`;
console.log(line(["kB gzipped", "24", "1,000", "10,000"]));
console.log(line(["---", "--:", "--:", "--:"]));
for (const row of [...rows, whole, finding, parsing]) console.log(line(row));
rmSync(folder, { recursive: true, force: true });
