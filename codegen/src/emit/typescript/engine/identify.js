/** Which listed error it is, and which of its causes. */
import { holdsAll, holdsOfCode } from "./condition.js";
import { codeParts, textOf } from "./document.js";
import { moreOf, statusesOf } from "./entry.js";
import { findKey, hasParts, rowOf } from "./lookup.js";
import { includesStatus } from "./table.js";
/** Sets outcome, row and cause. */
export function identify(api, document, malformed, decoded) {
    if (decoded.code[0] !== undefined) {
        // What is told by more than its status can have a code that is not listed.
        decoded.row = findCoded(api, decoded) ?? findUncoded(api, document, true, decoded);
        // An empty text is a code only where it is listed as one.
        if (decoded.row === undefined && textOf(decoded.code[0]) === "")
            decoded.code = [];
    }
    const hasCode = decoded.code[0] !== undefined;
    if (!hasCode)
        decoded.row = findUncoded(api, document, malformed, decoded);
    if (decoded.row !== undefined) {
        decoded.outcome = "known";
        decoded.cause = moreOf(api, decoded.row)?.causes?.findIndex((cause) => fits(cause, document, decoded));
    }
    else
        decoded.outcome = hasCode ? "unknown_code" : malformed ? "malformed" : "no_code";
}
/** The row of the code, else of the class that it is in; else those of what remains of it without its finest part. */
function findCoded(api, decoded) {
    const parts = codeParts(decoded.code);
    for (let count = parts.length; count > 0; count--) {
        const some = parts.slice(0, count);
        const row = findListed(api, some) ?? findClass(api, some);
        if (row !== undefined) {
            decoded.unlistedPart = count < parts.length;
            return row;
        }
    }
    return undefined;
}
/** The row of a listed code or alias that has these parts. The name of an error without a code is no code; its aliases are. */
function findListed(api, parts) {
    const key = findKey(api, parts.join("/"));
    if (key === undefined || !hasParts(api, key, parts))
        return undefined;
    const isName = key < api.rows.length && moreOf(api, key)?.conditions !== undefined;
    return isName ? undefined : rowOf(api, key);
}
function findClass(api, parts) {
    const found = api.classes?.find(([, ...tests]) => tests.length === parts.length && tests.every((test, i) => holdsOfCode(test, parts[i] ?? "")));
    return found?.[0];
}
/** Whether a row without a code is told by anything but its status. */
export function hasConditions(api, row) {
    return (moreOf(api, row)?.conditions ?? []).length > 0;
}
function findUncoded(api, document, malformed, decoded) {
    return api.uncoded.find((row) => {
        const conditions = moreOf(api, row)?.conditions ?? [];
        const statuses = statusesOf(api, row);
        // A status alone tells nothing of a body that is not the API's, nor where there is none.
        const statusFits = decoded.status !== undefined && Array.isArray(statuses)
            ? includesStatus(statuses, decoded.status)
            : conditions.length > 0;
        return statusFits && (conditions.length > 0 || !malformed) && holdsAll(conditions, document, decoded);
    });
}
function fits({ conditions = [], statuses = [] }, document, decoded) {
    const statusFits = decoded.status === undefined
        ? conditions.length > 0
        : statuses.length === 0 || includesStatus(statuses, decoded.status);
    return statusFits && holdsAll(conditions, document, decoded);
}
