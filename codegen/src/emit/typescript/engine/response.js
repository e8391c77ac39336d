/** What an error is made from, whatever client it came with. */
import { wellFormed } from "./json.js";
/** Reads the body of a response. Where it was read before, or breaks off, status and headers remain. */
export async function readResponse(response) {
    const { status, headers } = response;
    try {
        return { status, headers, body: await response.arrayBuffer() };
    }
    catch {
        return { status, headers };
    }
}
/** A status as HTTP has them; fetch gives 0 where it hides it. */
export function toStatus(status) {
    return status !== undefined && Number.isInteger(status) && status > 0 && status < 65_536 ? status : undefined;
}
/** The headers as `Headers`. What no header can be is left out. */
export function toHeaders(input) {
    if (input instanceof Headers)
        return input;
    const headers = new Headers();
    for (const [name, value] of pairs(input)) {
        try {
            headers.append(name, value);
        }
        catch {
            // A name or value that no HTTP message can carry.
        }
    }
    return headers;
}
function pairs(input) {
    if (typeof input !== "object" || input === null)
        return [];
    if (isIterable(input))
        return input;
    return Object.entries(input).flatMap(([name, value]) => {
        const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
        return values.map((one) => [name, one]);
    });
}
function isIterable(input) {
    return Symbol.iterator in input;
}
/** The body as text, and whether it was UTF-8; what was not is U+FFFD. */
export function toText(body) {
    if (body === undefined || body === null)
        return { text: "", isUtf8: true };
    if (typeof body === "string") {
        const text = wellFormed(body);
        return { text, isUtf8: text === body };
    }
    // What a client that parses has, from callers without types: as JSON, and never a fault of this function's.
    if (!(body instanceof ArrayBuffer) && !ArrayBuffer.isView(body))
        return { text: jsonOf(body), isUtf8: true };
    try {
        return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body), isUtf8: true };
    }
    catch {
        return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(body), isUtf8: false };
    }
}
function jsonOf(value) {
    try {
        return JSON.stringify(value) ?? "";
    }
    catch {
        return "";
    }
}
