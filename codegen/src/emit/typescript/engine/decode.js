/**
 * From a response to the error that it is.
 *
 * Decoding reads the body once a shape and cannot fail. What it finds are places in the response; texts are made when asked
 * for.
 */
import { holdsAll } from "./condition.js";
import { firstText, firstTextOrInteger, isPresent, textOf } from "./document.js";
import { findRow } from "./lookup.js";
import { includesStatus, NONE } from "./table.js";
/** Decodes a response: its status (undefined where there was none), headers and body. */
export function decode(api, status, document) {
    const { decoded, malformed } = chooseShape(api, status, document);
    if (decoded.shape === undefined && status !== undefined && status < 400) {
        return { outcome: "not_error", unreadableCode: false };
    }
    identify(api, status, document, malformed, decoded);
    if (decoded.row !== undefined) {
        const causes = moreOf(api, decoded.row)?.causes ?? [];
        const cause = causes.findIndex((cause) => fits(cause, status, document, decoded));
        if (cause >= 0)
            decoded.cause = cause;
    }
    return decoded;
}
/** What only some rows have, of this one. */
export function moreOf(api, row) {
    return api.more[api.rows[row]?.[5] ?? NONE];
}
/** What a row says of its statuses. */
export function statusesOf(api, row) {
    return api.statusSets[row[1]] ?? null;
}
/**
 * The first shape that yields a code, else the first that yields a message, else the first that fits the status; and whether
 * the body should have been JSON and is not.
 */
function chooseShape(api, status, document) {
    let best;
    let anyMalformed = false;
    for (const shape of api.shapes) {
        if (status !== undefined && !includesStatus(shape.statuses, status))
            continue;
        const read = readShape(shape, document);
        anyMalformed ||= read.malformed;
        const gate = shape.gate ?? [];
        const claimed = gate.length > 0 && !read.malformed;
        const isSuccess = status !== undefined && status < 400;
        if (!holdsAll(gate, document, read.decoded.message))
            continue;
        if (isSuccess && !claimed && read.decoded.code === undefined)
            continue;
        const rank = read.decoded.code !== undefined ? 3 : read.decoded.message !== undefined ? 2 : 1;
        if (best === undefined || rank > best.rank)
            best = { rank, ...read };
        if (rank === 3)
            break;
    }
    return best ?? { decoded: { outcome: "no_code", unreadableCode: false }, malformed: anyMalformed };
}
function readShape(shape, document) {
    const lists = [shape.code, shape.message, shape.remediation, shape.requestId].map((places) => places ?? []);
    const { slots, malformed } = document.read(lists);
    const [codes = [], messages = [], remediations = [], requestIds = []] = slots;
    const code = firstTextOrInteger(codes);
    const decoded = {
        outcome: "no_code",
        shape,
        code,
        message: firstText(messages),
        remediation: firstText(remediations),
        requestId: firstTextOrInteger(requestIds),
        unreadableCode: code === undefined && codes.some(isPresent),
    };
    return { decoded, malformed };
}
/** Sets outcome and row. */
function identify(api, status, document, malformed, decoded) {
    const code = textOf(decoded.code);
    if (code !== undefined) {
        const row = findRow(api, code);
        if (row !== undefined && moreOf(api, row)?.conditions === undefined) {
            decoded.row = row;
            decoded.outcome = "known";
            return;
        }
        if (code !== "") {
            decoded.outcome = "unknown_code";
            return;
        }
        decoded.code = undefined;
    }
    const row = findUncoded(api, status, document, malformed, decoded);
    if (row !== undefined)
        decoded.row = row;
    decoded.outcome = row !== undefined ? "known" : malformed ? "malformed" : "no_code";
}
function findUncoded(api, status, document, malformed, decoded) {
    return api.uncoded.find((index) => {
        const row = api.rows[index];
        if (row === undefined)
            return false;
        const conditions = moreOf(api, index)?.conditions ?? [];
        const statuses = statusesOf(api, row);
        // A status alone tells nothing of a body that is not the API's, nor where there is none.
        const statusFits = status !== undefined && Array.isArray(statuses) ? includesStatus(statuses, status) : conditions.length > 0;
        return statusFits && (conditions.length > 0 || !malformed) && holdsAll(conditions, document, decoded.message);
    });
}
function fits(cause, status, document, decoded) {
    const { conditions = [], statuses = [] } = cause;
    const statusFits = status === undefined ? conditions.length > 0 : statuses.length === 0 || includesStatus(statuses, status);
    return statusFits && holdsAll(conditions, document, decoded.message);
}
