/** The generated packages, wherever the tests are compiled to. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
/** The folder of the generated packages. */
export const folder = fileURLToPath(new URL("../../../generated/typescript/", import.meta.url));
/** Their names. */
export const packages = readdirSync(folder).filter((name) => name.endsWith("-errors"));
/** The error class of a package: the one that is not the engine's own. */
export async function errorClass(name) {
    const exports = (await import(new URL(`../../../generated/typescript/${name}/index.js`, import.meta.url).href));
    const classes = Object.entries(exports).filter(([key]) => key.endsWith("Error") && !/^(Api|isApi)Error$/.test(key));
    const [only, ...others] = classes;
    if (only === undefined || others.length > 0)
        throw new Error(`${name} exports ${classes.length} classes`);
    return only[1];
}
/** Makes a package's texts known. */
export async function importTexts(name) {
    await import(new URL(`../../../generated/typescript/${name}/texts.js`, import.meta.url).href);
}
