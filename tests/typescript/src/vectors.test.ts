/** The vectors that Rust and the command run too: see tests/vectors. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { casePackages, errorClass, importTexts, packages } from "./packages.js";
import { check, readVectors } from "./vector.js";

const vectorFile = (name: string) => new URL(`../../vectors/${name}`, import.meta.url);
const caseFile = (name: string) => new URL(`../../cases/decode/vectors/${name}`, import.meta.url);

test("every package has its vectors, and every vector its package", () => {
  const ofVectors = [vectorFile(""), caseFile("")].flatMap((folder) => readdirSync(folder)).filter((file) => file.endsWith(".json")).map((file) => file.replace(".json", "-errors"));
  assert.deepEqual(ofVectors.sort(), [...packages, ...casePackages].sort());
});

for (const name of [...packages, ...casePackages]) {
  test(`vectors of ${name}`, async (t) => {
    const type = await errorClass(name);
    await importTexts(name);
    const vectors = readVectors((packages.includes(name) ? vectorFile : caseFile)(name.replace("-errors", ".json")));
    assert.ok(vectors.length >= 12);
    for (const vector of vectors) await t.test(vector.name, () => check(type, vector));
  });
}
