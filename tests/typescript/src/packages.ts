/** The generated packages, wherever the tests are compiled to. */
import { readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AnyApiError, HeadersInput, ReadOptions, ResponseParts } from "../../../generated/typescript/vivix-errors/index.js";

/** The folder of the generated packages. */
export const folder: string = fileURLToPath(new URL("../../../generated/typescript/", import.meta.url));

/** The folder of the packages of cases, which `errbook generate` in `tests/cases/decode` makes. */
const caseFolder: string = fileURLToPath(new URL("../../cases/decode/generated/typescript/", import.meta.url));

/** The names of the packages in a folder. */
const namesIn = (of: string): string[] => readdirSync(of).filter((name) => name.endsWith("-errors"));

/** The names of the packages. */
export const packages: readonly string[] = namesIn(folder);

/** The names of the packages of cases. */
export const casePackages: readonly string[] = namesIn(caseFolder);

const folderOf = (name: string): string => `${packages.includes(name) ? folder : caseFolder}${name}/`;

/** The class of a package, as far as all of them are alike. */
export interface ErrorClass {
  readonly name: string;
  readonly codes: readonly string[];
  readonly idempotencyHeader: string | undefined;
  check(response: Response, options?: ReadOptions): Promise<Response>;
  from(response: ResponseParts): AnyApiError;
  fromResponse(response: Response, options?: ReadOptions): Promise<AnyApiError>;
  fromEvent(event: string | Uint8Array | ArrayBuffer | object, headers?: HeadersInput): AnyApiError | undefined;
}

/** The error class of a package: the one that is not the engine's own. */
export function errorClass(name: string): Promise<ErrorClass> {
  return errorClassIn(folderOf(name));
}

/** The error class of the package in a folder. */
export async function errorClassIn(folder: string): Promise<ErrorClass> {
  const exports = (await import(pathToFileURL(`${folder}index.js`).href)) as object;
  const classes = Object.entries(exports).filter(([key]) => key.endsWith("Error") && !/^(Api|isApi)Error$/.test(key));
  const [only, ...others] = classes;
  if (only === undefined || others.length > 0) throw new Error(`${folder} exports ${classes.length} classes`);
  return only[1] as ErrorClass;
}

/** Makes a package's texts known. */
export function importTexts(name: string): Promise<unknown> {
  return importTextsIn(folderOf(name));
}

/** The same of the package in a folder. */
export function importTextsIn(folder: string): Promise<unknown> {
  return import(pathToFileURL(`${folder}texts.js`).href);
}
