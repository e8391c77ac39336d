/** What registries, compilers and bundlers make of the generated packages. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { publint } from "publint";
import { errorClass, folder, packages } from "./packages.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "errbook-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const filesOf = (name: string): string[] =>
  readdirSync(join(folder, name), { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(folder, name, file)).isFile()).sort();
const read = (name: string, file: string): string => readFileSync(join(folder, name, file), "utf8");

/** Runs a tool of node_modules; its output is told where it fails. */
function run(tool: string, args: readonly string[], cwd: string): void {
  try {
    execFileSync(process.execPath, [here(`../node_modules/${tool}`), ...args], { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    assert.fail(`${tool} ${args.join(" ")}\n${stdout}${stderr}`);
  }
}

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync("npm", [...args, "--offline", "--cache", join(scratch, "cache")], { cwd, encoding: "utf8", stdio: "pipe" });

interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

/** What `npm publish` would send. */
function pack(name: string): Packed {
  const to = join(scratch, "packed", name);
  mkdirSync(to, { recursive: true });
  const [about] = JSON.parse(npm(["pack", "--json", "--pack-destination", to], join(folder, name))) as [{ filename: string; files: { path: string }[] }];
  return { tarball: join(to, about.filename), files: about.files.map((file) => file.path).sort() };
}

const packed: ReadonlyMap<string, Packed> = new Map(packages.map((name) => [name, pack(name)]));

/** A project of a user outside the tree, with the packages installed, and a program. */
const project: string = join(scratch, "project");
mkdirSync(project);
writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
npm(["install", "--no-audit", "--no-fund", ...[...packed.values()].map(({ tarball }) => tarball)], project);
cpSync(here("../consumer"), project, { recursive: true });

for (const [name, { tarball, files }] of packed) {
  test(`${name} is fit to be published`, async () => {
    assert.deepEqual(files, filesOf(name), "all files are in the package, and no others");
    const { messages } = await publint({ strict: true, pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer } });
    assert.deepEqual(messages, []);
    run("@arethetypeswrong/cli/dist/index.js", [tarball, "--profile", "esm-only"], scratch);
  });

  test(`${name} says what registries show`, async () => {
    const about = JSON.parse(read(name, "package.json")) as Record<string, unknown>;
    const { description, keywords, license, engines, type } = about;
    assert.match(String(description), /^The errors of the .+ API: /);
    assert.ok(Array.isArray(keywords) && keywords.includes(name.replace(/-errors$/, "")));
    assert.deepEqual([license, engines, type], ["MIT OR Apache-2.0", { node: ">=20" }, "module"]);
    assert.match(read(name, "LICENSE-MIT"), /OTHER DEALINGS IN THE\nSOFTWARE\.\n$/);
    assert.match(read(name, "LICENSE-APACHE"), /END OF TERMS AND CONDITIONS\n$/);
    const rows = [...read(name, "README.md").matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code);
    assert.deepEqual(rows, (await errorClass(name)).codes);
  });

  test(`${name} leans on nothing but its own engine`, () => {
    const about = JSON.parse(read(name, "package.json")) as object;
    assert.deepEqual(Object.keys(about).filter((key) => /dependencies/i.test(key)), []);
    for (const file of filesOf(name).filter((file) => /\.[jt]s$/.test(file))) {
      const imports = [...read(name, file).matchAll(/^(?:import|export|\}) ?(?:[^"\n]* from )?"([^"]+)";$/gm)].map(([, from]) => from ?? "");
      assert.ok(imports.length > 0 || !/ from "/.test(read(name, file)), `the imports of ${file} are found`);
      for (const from of imports) assert.ok(filesOf(name).includes(join(file, "..", from)), `${file} imports ${from}`);
    }
    // The tables were written by the generator that holds this engine.
    const engine = here("../../../codegen/src/emit/typescript/engine");
    for (const file of readdirSync(engine)) {
      const [, ...lines] = read(name, `engine/${file}`).split("\n");
      assert.equal(lines.join("\n"), readFileSync(join(engine, file), "utf8"), file);
    }
    assert.match(read(name, "engine/LICENSE-MIT"), /\nCopyright \(c\) /, "the engine is under errbook's licence, whatever that of the package is");
  });

  test(`${name} says in every file where it comes from`, () => {
    for (const file of filesOf(name)) {
      assert.match(read(name, file).split("\n").slice(0, 2).join("\n"), /@generated by errbook from /, file);
    }
  });

  test(`only the texts of ${name} do anything when they are imported`, () => {
    // Bundlers take the word of package.json for it. A statement that is no declaration would stand at the beginning of a line.
    const statement = /^(?!import |export |const |function |async function\*? |class |[\])}]|\/[/*])\S.*/m;
    for (const file of filesOf(name).filter((file) => file.endsWith(".js"))) {
      const [found] = statement.exec(read(name, file)) ?? [];
      assert.equal(found, file === "texts.js" ? "registerTexts(api, {" : undefined, file);
    }
  });

  test(`the tables and texts of ${name} are of the engine's types`, () => {
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--allowJs", "--checkJs", "--noEmit"];
    const files = ["tables.js", "texts.js"].map((file) => join(folder, name, file));
    run("typescript/bin/tsc", [...strict, "--module", "nodenext", "--target", "es2022", "--types", "", ...files], scratch);
  });
}

/** What the program of the user prints. */
const said = ["fine", "m1", "3 of 10", "again", "fine", "NOT_LISTED", "Make a new key; a revocation cannot be undone.", "not yours", "Error: of no API"];

test("users compile, whichever way they find modules, and what comes out runs", async () => {
  const compilerOptions = { target: "es2022", lib: ["es2022", "dom"], types: [], strict: true, skipLibCheck: false };
  const stricter = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true };
  const ways = {
    node: { module: "nodenext", outDir: "node", ...stricter },
    bundler: { module: "esnext", moduleResolution: "bundler", outDir: "bundler", ...stricter },
    // The compiler's own idea of strict, without the further flags that not everybody sets.
    plain: { module: "esnext", moduleResolution: "bundler", outDir: "plain" },
  };
  for (const [way, options] of Object.entries(ways)) {
    const file = join(project, `${way}.json`);
    writeFileSync(file, JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, files: ["program.ts"] }));
    run("typescript/bin/tsc", ["-p", file], project);
    assert.deepEqual(execute(join(way, "program.js")), said, way);
  }
  writeFileSync(join(project, "bundled.mjs"), await bundle('import "./program.ts";'));
  assert.deepEqual(execute("bundled.mjs"), said);
});

function execute(file: string): string[] {
  return execFileSync(process.execPath, [file], { cwd: project, encoding: "utf8" }).trimEnd().split("\n");
}

/** What a bundler makes of a program. */
async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: project },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    charset: "utf8",
    logLevel: "silent",
  });
  return outputFiles?.[0]?.text ?? "";
}

for (const name of packages) {
  test(`a bundle has no more of ${name} than it uses`, async () => {
    const type = await errorClass(name);
    const unused = `import { ${type.name} } from "${name}"; console.log("nothing");`;
    assert.equal((await bundle(unused)).trim(), 'console.log("nothing");');
    const used = `import { ${type.name} } from "${name}"; console.log(${type.name}.from({}).code);`;
    const literals = read(name, "texts.js").match(/"(?:[^"\\]|\\.)*"/g) ?? [];
    const texts = literals.map((literal) => JSON.parse(literal) as string).filter((text) => /^[\w ,.;]{20,}$/.test(text));
    assert.ok(texts.length > 5);
    const [without, withTexts] = [await bundle(used), await bundle(`import "${name}/texts"; ${used}`)];
    const repeating = await bundle(`import { withRetry } from "${name}"; withRetry(() => 1);`);
    const ofRetry = '["GET","HEAD","OPTIONS","TRACE"]';
    assert.deepEqual([without, repeating].map((text) => text.includes(ofRetry)), [false, true]);
    for (const needless of ["rows:[", "extends Error"]) {
      assert.deepEqual([without, repeating].map((text) => text.includes(needless)), [true, false], `${needless} is not needed to repeat`);
    }
    for (const code of type.codes) assert.ok(without.includes(code), code);
    for (const text of texts) {
      assert.ok(!without.includes(text), text);
      assert.ok(withTexts.includes(text), text);
    }
  });
}
