/** From a code to its row. */
import type { Api } from "./table.js";
/** The index of a code or of an alias, in `rows` and then in `aliases`. */
export declare function findKey(api: Api, code: string): number | undefined;
/** The index of the row of that code or alias. */
export declare function rowOf({ rows, aliases }: Api, key: number): number | undefined;
/** Whether a listed code, the text of which is that of these parts, has them. */
export declare function hasParts(api: Api, key: number, parts: readonly string[]): boolean;
/** Every listed code, in catalog order; of an error without a code of its own, its name. */
export declare function codesOf(api: Api): readonly string[];
