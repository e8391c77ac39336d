/** From a code to its row. */
import type { Api } from "./table.js";
/** The index of the row of a code or of an alias. */
export declare function findRow(api: Api, code: string): number | undefined;
/** Every listed code, in catalog order; of an error without a code of its own, its name. */
export declare function codesOf(api: Api): readonly string[];
