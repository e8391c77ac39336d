/** The JSON Schema that editors use: what passes the check passes it, and slips do not. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

const root = new URL("../../../", import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), "utf8");
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(text("catalog/catalog.schema.json")));

function assertValid(catalog: string, name: string): void {
  assert.ok(validate(parse(catalog)), `${name}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
}

const folders = ["catalog/", "tests/cases/decode/catalog/", "tests/cases/emit/"];
const catalogs = folders.flatMap((folder) =>
  readdirSync(new URL(folder, root)).filter((file) => file.endsWith(".yaml")).map((file) => folder + file),
);

test("every catalog passes", () => {
  assert.ok(catalogs.length > 20);
  for (const path of catalogs) assertValid(text(path), path);
});

/** The keys that samples of the reference leave out. */
const PARTS = {
  errbook: "errbook: 1\n",
  api: "api: { id: demo, title: Demo, version: 0.1.0, sources: { errors: { url: undocumented, read: 2026-11-20 } } }\n",
  responses: "responses: [{ code: /code }]\n",
  errors: "errors: [{ code: A, status: 400, when: undocumented, fix: undocumented }]\n",
};

test("every sample of the reference passes", () => {
  const samples = [...text("catalog/README.md").matchAll(/```yaml\n(.*?)```/gs)].map(([, sample]) => sample ?? "");
  assert.ok(samples.length > 15);
  for (const sample of samples) {
    const missing = Object.entries(PARTS).filter(([key]) => !new RegExp(`^${key}:`, "m").test(sample));
    assertValid(sample + missing.map(([, part]) => part).join(""), sample);
  }
});

test("slips do not pass", () => {
  const sound = Object.values(PARTS).join("");
  assertValid(sound, "the sound one");
  for (const [from, to] of [
    ["code: /code", "code: { partz: [/a] }"],
    ["code: /code", "code: error"],
    ["code: /code", "code: /code, errors: { code: /a }"],
    ["code: A", "code: { prefixx: A }"],
    ["status: 400", "status: 4xy"],
    ["status: 400", "status: 400, retry: nevr"],
    ["status: 400", "status: 400, retry: { after: { form: seconds, longst: [] } }"],
    ["errbook: 1", "errbook: 2"],
  ] as const) {
    const wrong = sound.replace(from, to);
    assert.notEqual(wrong, sound);
    assert.ok(!validate(parse(wrong)), wrong);
  }
});
