/** JSON as values. */
import { Decimal } from "./number.js";
import { RawJson } from "./raw-json.js";
/**
 * A JSON value. Whole numbers beyond 2^53 are bigints, other numbers that JavaScript cannot hold are {@link Decimal}s; what is
 * nested more than 1,000 levels deep is {@link RawJson}.
 */
export type JsonValue = null | boolean | number | bigint | Decimal | RawJson | string | readonly JsonValue[] | {
    readonly [key: string]: JsonValue;
};
/** The value of a well-formed JSON text. */
export declare function build(raw: string): JsonValue;
/** Sets a property of the object itself, whatever its name: assigning to `__proto__` would set the prototype. */
export declare function setOwn<T>(object: Record<string, T>, key: string, value: T): void;
