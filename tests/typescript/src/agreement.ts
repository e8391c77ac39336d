/** Whether TypeScript makes the same of random responses by random catalogs as Rust does: see tests/tests/agreement.rs. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { errorClassIn, importTextsIn } from "./packages.js";
import { check, readVectors } from "./vector.js";

const root = process.argv[2];
assert.ok(root !== undefined, "the folder of the random catalogs is given");

for (const name of readdirSync(root)) {
  const folder = `${root}/${name}`;
  const type = await errorClassIn(`${folder}/typescript/random-errors/`);
  await importTextsIn(`${folder}/typescript/random-errors/`);
  for (const vector of readVectors(`${folder}/vectors.json`)) {
    try {
      await check(type, vector);
    } catch (error) {
      const { expect, ...response } = vector;
      console.error(readFileSync(`${folder}/catalog/random.yaml`, "utf8"));
      console.error(JSON.stringify(response, undefined, 2));
      throw error;
    }
  }
}
