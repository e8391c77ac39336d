/** Bytes, in whatever they are given. */
/** The bytes of a buffer or of a view of one, of any realm; undefined where `given` is neither. What is shared is copied. */
export function viewOfBytes(given) {
    if (given instanceof Uint8Array && given.buffer instanceof ArrayBuffer)
        return given;
    const view = ArrayBuffer.isView(given) ? given : viewOfBuffer(given);
    if (view === undefined)
        return undefined;
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    return view.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
}
function viewOfBuffer(given) {
    if (typeof given !== "object" || given === null)
        return undefined;
    try {
        // Knows a buffer of another realm, which is no instance of this one's class.
        return new DataView(given);
    }
    catch {
        return undefined;
    }
}
