/** Keys by which a server knows a repeat. */
/** A random UUID, of version 4. */
export function newKey() {
    // Browsers have it only where a page came by HTTPS.
    if (typeof crypto.randomUUID === "function")
        return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    // The version, and the two bits that say whose versions are meant.
    const variant = "89ab".charAt((bytes[8] ?? 0) & 3);
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}
