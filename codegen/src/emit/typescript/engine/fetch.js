/** Responses of fetch: reading their bodies, and telling errors from successes. */
import { viewOfBytes } from "./bytes.js";
import { toHeaders } from "./response.js";
import { includesStatus } from "./table.js";
import { viewOf } from "./view.js";
const LIMIT = 1_048_576;
/**
 * Reads the body of a response up to the limit. Where it was read before, or breaks off, status, headers and what came remain:
 * nothing but the signal makes it reject.
 */
export async function readResponse(response, options = {}) {
    return partsOf(response, await read(response, options, false));
}
async function read(response, { signal, limit = LIMIT }, isCopy) {
    signal?.throwIfAborted();
    const kept = new Kept(limit);
    try {
        if (response.bodyUsed === true)
            kept.truncated = true;
        else if (response.body !== null)
            await readAll(sourceOf(response, isCopy), kept, signal);
    }
    catch (reason) {
        kept.truncated = true;
        kept.broken = { reason };
    }
    signal?.throwIfAborted();
    return kept;
}
function partsOf({ status, headers }, kept) {
    return { status, headers, body: kept.bytes(), truncated: kept.truncated };
}
/**
 * The error that a response is, undefined where it is none. The body of a success is looked at only where errors of the API can
 * come with its status, and then in a copy.
 */
export async function errorOf(api, response, options = {}) {
    if (response.status >= 400)
        return viewOf(api, await readResponse(response, options));
    const copy = mayBeError(api, response) ? cloneOf(response) : undefined;
    if (copy === undefined)
        return undefined;
    const kept = await read(copy, options, true);
    // What broke off is no success that could be handed on.
    if (kept.broken !== undefined)
        throw kept.broken.reason;
    // Of a part of a success nobody can say that it is an error.
    if (kept.truncated)
        return undefined;
    const view = viewOf(api, partsOf(response, kept));
    if (view.outcome === "not_error")
        return undefined;
    // The other copy holds what was read until somebody takes it.
    if (isStream(response.body))
        response.body.cancel().catch(ignore);
    return view;
}
/** Whether what is a success by its status can be an error. Status 0 is what fetch hides. */
function mayBeError(api, { status, headers }) {
    if (status === 0 || !api.shapes.some((shape) => includesStatus(shape.statuses, status)))
        return false;
    const type = toHeaders(headers).get("content-type");
    return type === null || READABLE.test(type);
}
/** Types of what comes as one text. Streams of events, media and files are no errors, and can be without an end. */
const READABLE = /^text\/(?!event-stream)|[/+-](?:json|xml)\b(?!-seq)/i;
function cloneOf(response) {
    try {
        return response.clone();
    }
    catch {
        // Somebody reads it already, and takes it for a success.
        return undefined;
    }
}
/** What is kept of a body. */
class Kept {
    limit;
    /** Whether there was more. */
    truncated = false;
    /** Why it broke off, if it did. */
    broken;
    chunks = [];
    length = 0;
    constructor(limit) {
        this.limit = limit;
    }
    add(chunk) {
        // Asked for what fits, so that a limit that is no number lets nothing in.
        const fits = this.length + chunk.length <= this.limit;
        const part = fits ? chunk : chunk.subarray(0, Math.max(this.limit - this.length, 0) || 0);
        this.truncated = !fits;
        this.length += part.length;
        this.chunks.push(part);
    }
    bytes() {
        const out = new Uint8Array(this.length);
        let at = 0;
        for (const chunk of this.chunks) {
            out.set(chunk, at);
            at += chunk.length;
        }
        return out;
    }
}
function isIterable(body) {
    return typeof body?.[Symbol.asyncIterator] === "function";
}
function isStream(body) {
    return typeof body?.getReader === "function";
}
function sourceOf(response, isCopy) {
    const { body } = response;
    if (isStream(body)) {
        const reader = body.getReader();
        // A copy is left, not cancelled: were the request aborted after that, Node would end the process by a rejection that nobody can handle.
        return { next: () => reader.read(), giveUp: (reason) => void (isCopy || reader.cancel(reason).catch(ignore)) };
    }
    const chunks = isIterable(body) ? body[Symbol.asyncIterator]() : whole(response);
    return { next: () => chunks.next(), giveUp: () => void chunks.return?.(undefined).catch(ignore) };
}
async function* whole(response) {
    yield new Uint8Array(await response.arrayBuffer());
}
async function readAll(source, kept, signal) {
    let stop;
    const stopped = new Promise((resolve) => {
        stop = () => {
            source.giveUp(signal?.reason);
            resolve({ done: true });
        };
        signal?.addEventListener("abort", stop, { once: true });
    });
    try {
        while (!kept.truncated) {
            const { done, value } = await Promise.race([source.next(), stopped]);
            if (done === true)
                return;
            const chunk = viewOfBytes(value);
            // What is no stream of bytes is no body.
            if (chunk === undefined)
                kept.truncated = true;
            else
                kept.add(chunk);
        }
        source.giveUp(signal?.reason);
    }
    finally {
        if (stop !== undefined)
            signal?.removeEventListener("abort", stop);
    }
}
function ignore() { }
