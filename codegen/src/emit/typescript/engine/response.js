/** What an error is made from, whatever client it came with. */
import { base64Of, bytesOf } from "./base64.js";
import { viewOfBytes } from "./bytes.js";
import { Document } from "./document.js";
import { jsonOf } from "./json-of.js";
import { wellFormed } from "./json-string.js";
/** What came, shared by all errors of one response. */
export class Came {
    status;
    headers;
    /** The body as text. What was not UTF-8 in it is U+FFFD. */
    body;
    isUtf8;
    /** Whether there was more of the body. */
    truncated;
    document;
    /** The body as given, where its text does not say it all. */
    raw;
    constructor({ status, headers, bodyBase64, body: given = bytesOf(bodyBase64), truncated }) {
        const body = viewOfBytes(given) ?? given;
        const { text, isUtf8 } = toText(body);
        this.status = toStatus(status);
        this.headers = toHeaders(headers);
        this.body = text;
        this.isUtf8 = isUtf8;
        this.truncated = truncated === true;
        if (!isUtf8)
            this.raw = body;
        this.document = new Document(this.headers, text);
    }
    /** The body as it came. */
    get bytes() {
        const { raw } = this;
        return raw === undefined || typeof raw === "string" ? new TextEncoder().encode(this.body) : raw;
    }
    /** What it is made from again. */
    plain(api) {
        const { status, raw, truncated } = this;
        const body = this.isUtf8 || typeof raw === "string" ? { body: typeof raw === "string" ? raw : this.body } : { bodyBase64: base64Of(this.bytes) };
        return { api, ...(status !== undefined && { status }), headers: [...this.headers], ...body, ...(truncated && { truncated }) };
    }
}
/** A status as HTTP has them; fetch gives 0 where it hides it. */
function toStatus(status) {
    return status !== undefined && Number.isInteger(status) && status > 0 && status < 65_536 ? status : undefined;
}
/** The headers as `Headers`. What no header can be is left out. */
export function toHeaders(input) {
    if (input instanceof Headers)
        return input;
    const headers = new Headers();
    for (const pair of pairs(input)) {
        try {
            const [name, value] = pair;
            if (value !== undefined)
                headers.append(name, value);
        }
        catch {
            // A name or value that no HTTP message can carry, or what is no pair.
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
function toText(body) {
    if (body === undefined || body === null)
        return { text: "", isUtf8: true };
    if (typeof body === "string") {
        const text = wellFormed(body);
        return { text, isUtf8: text === body };
    }
    // What a client that parses has, from callers without types: as JSON, and never a fault of this function's.
    if (!ArrayBuffer.isView(body))
        return { text: jsonOf(body), isUtf8: true };
    try {
        return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body), isUtf8: true };
    }
    catch {
        return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(body), isUtf8: false };
    }
}
