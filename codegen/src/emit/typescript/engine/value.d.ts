/** Typed values of an error response. */
import { type JsonValue } from "./build.js";
import { type Decimal } from "./number.js";
import type { Kind } from "./table.js";
/**
 * A value as a response holds it, checked against the type of its field. An integer is a bigint where no number holds it
 * exactly.
 */
export type Value = string | number | bigint | boolean | Decimal | Date | JsonValue | readonly Value[];
/** Values by the names of their fields. Each is there only where it was sent and is of its type. */
export interface Values {
    readonly [name: string]: Value;
}
/** A JSON value, where it is of this kind. */
export declare function typed(raw: string, kind: Kind): Value | undefined;
/** The text of a header or of a whole body, where it is of this kind. */
export declare function typedText(text: string, kind: Kind): Value | undefined;
