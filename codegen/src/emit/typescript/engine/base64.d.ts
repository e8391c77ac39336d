/** Bytes as text, for what holds only text. */
/** `bytes` in base64. */
export declare function base64Of(bytes: Uint8Array): string;
/** The bytes that are written in base64; none where it is not well formed. */
export declare function bytesOf(base64: string | undefined): Uint8Array | undefined;
