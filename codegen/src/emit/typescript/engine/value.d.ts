/** Typed values of an error response. */
import { type JsonValue } from "./build.js";
import { type Document, type Said } from "./document.js";
import { type Decimal } from "./number.js";
import type { Field } from "./table.js";
/**
 * A value as a response holds it, checked against the type of its field. An integer is a bigint where no number holds it
 * exactly.
 */
export type Value = string | number | bigint | boolean | Decimal | Date | JsonValue | readonly Value[];
/** Values by the names of their fields. Each is there only where it was sent and is of its type. */
export interface Values {
    readonly [name: string]: Value;
}
/** The values of these fields, those that were sent and are of their type: each the first of its places that holds one. */
export declare function valuesOf(fields: readonly Field[] | undefined, document: Document, said: Said): Values;
