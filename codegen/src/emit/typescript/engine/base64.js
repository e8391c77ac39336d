/** Bytes as text, for what holds only text. */
/** `bytes` in base64. */
export function base64Of(bytes) {
    let binary = "";
    for (const byte of bytes)
        binary += String.fromCharCode(byte);
    return btoa(binary);
}
/** The bytes that are written in base64; none where it is not well formed. */
export function bytesOf(base64) {
    if (typeof base64 !== "string")
        return undefined;
    try {
        return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    }
    catch {
        return undefined;
    }
}
