// Compiles `src` into the folder that the generator embeds. Files of modules that are gone go with them.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

rmSync(here("../../../codegen/src/emit/typescript/engine"), { recursive: true, force: true });
execFileSync(process.execPath, [here("../node_modules/typescript/bin/tsc"), "-p", here("..")], { stdio: "inherit" });
