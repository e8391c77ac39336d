/** Keys by which a server knows a repeat. */
/** A random UUID, of version 4. */
export declare function newKey(): string;
