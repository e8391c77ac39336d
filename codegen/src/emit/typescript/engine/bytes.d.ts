/** Bytes, in whatever they are given. */
/** The bytes of a buffer or of a view of one, of any realm; undefined where `given` is neither. What is shared is copied. */
export declare function viewOfBytes(given: unknown): Uint8Array | undefined;
