/** JSON text of what a client has parsed already. */
/**
 * `value` as `JSON.stringify` has it, but at any depth, and with bigints, {@link Decimal}s and {@link RawJson} as they were sent;
 * what holds itself is null there. Empty where there is nothing that JSON can say.
 */
export declare function jsonOf(value: unknown): string;
