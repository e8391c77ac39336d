/**
 * From a response to the error that it is.
 *
 * Decoding reads the body once a shape and cannot fail. What it finds are places in the response; texts are made when asked
 * for.
 */
import { holdsAll } from "./condition.js";
import { isPresent, isText, isTextOrInteger, textOf } from "./document.js";
import { identify } from "./identify.js";
import { readSeveral, settle } from "./several.js";
import { includesStatus, isOfEvents } from "./table.js";
/** Decodes a response: its status (undefined where there was none), headers and body. */
export function decode(api, status, document) {
    const { decoded, errors, malformed } = chooseShape(api, status, document);
    if (decoded.shape === undefined && mustBeClaimed(api, status))
        return { ...decoded, outcome: "not_error" };
    identify(api, document, malformed, decoded);
    const several = decoded.shape?.errors;
    return several === undefined ? decoded : settle(api, several.primary, decoded, errors, document);
}
/** The first shape that yields a code, else the first that yields a message, else the first that fits the status. */
function chooseShape(api, status, document) {
    let best;
    let anyMalformed = false;
    for (const shape of api.shapes.filter((shape) => carries(api, shape, status))) {
        const choice = readResponse(shape, status, document);
        const { decoded, errors, malformed } = choice;
        anyMalformed ||= malformed;
        const all = [decoded, ...errors];
        const hasCode = all.some(({ code }) => code[0] !== undefined);
        // A success that can carry errors is one where it carries none.
        const gated = !isEmpty(shape.gate) && !malformed && shape.errors === undefined;
        const claimed = hasCode || gated || errors.length > 0;
        if (!holdsAll(shape.gate, document, decoded) || (mustBeClaimed(api, status) && !claimed))
            continue;
        if (hasCode)
            return choice;
        const rank = all.some(({ message }) => message !== undefined) ? 1 : 0;
        if (best === undefined || rank > best.rank)
            best = { ...choice, rank };
    }
    return best ?? { decoded: nothing(status), errors: [], malformed: anyMalformed };
}
/**
 * Whether a response is an error only where a shape says so: one below 400; and what is no response, where the catalog says
 * what errors look like there.
 */
function mustBeClaimed(api, status) {
    return status === undefined ? hasEvents(api) : status < 400;
}
function hasEvents(api) {
    return api.shapes.some(isOfEvents);
}
function carries(api, shape, status) {
    return status === undefined ? isOfEvents(shape) || !hasEvents(api) : includesStatus(shape.statuses, status);
}
function readResponse(shape, status, document) {
    const { decoded, malformed } = readContents(shape, document);
    decoded.shape = shape;
    decoded.status ??= status;
    if (shape.errors === undefined)
        return { decoded, errors: [], malformed };
    const errors = readSeveral(shape.errors, document, decoded);
    return { decoded, errors: errors ?? [], malformed: malformed || (errors === undefined && !document.isBlank) };
}
function isEmpty(list) {
    return list === undefined || list.length === 0;
}
/** How many alternatives a list of places can have. */
const MAX_ALTERNATIVES = 8;
/** Where the values of a response or of one of several errors stand, and whether it should have been JSON and is not. */
export function readContents(contents, document) {
    const { code = [], message = [], remediation = [], requestId = [], ownStatus = [] } = contents;
    const alternatives = (places) => places.slice(0, MAX_ALTERNATIVES);
    const malformed = document.read([...code, message, remediation, requestId, ownStatus].flatMap(alternatives));
    const first = (places, is) => alternatives(places)
        .map((place) => document.slot(place))
        .find(is);
    const status = statusOf(textOf(first(ownStatus, isTextOrInteger)));
    const decoded = {
        ...nothing(status),
        ownStatus: status !== undefined,
        code: code.map((places) => first(places, isTextOrInteger)),
        message: first(message, isText),
        remediation: first(remediation, isText),
        requestId: first(requestId, isTextOrInteger),
    };
    decoded.unreadableCode = decoded.code[0] === undefined && alternatives(code[0] ?? []).some((place) => isUnreadable(place, document));
    return { decoded, malformed };
}
/** Whether something stands there that is no code. */
function isUnreadable(place, document) {
    // Of a part of a text, the text that is none.
    const slot = document.slot(typeof place === "object" && "of" in place ? place.of : place);
    return isPresent(slot) && !isTextOrInteger(slot);
}
function nothing(status) {
    return {
        outcome: "no_code",
        row: undefined,
        cause: undefined,
        shape: undefined,
        status,
        ownStatus: false,
        json: undefined,
        path: undefined,
        code: [],
        message: undefined,
        remediation: undefined,
        requestId: undefined,
        unreadableCode: false,
        unlistedPart: false,
        tooManyErrors: false,
        others: [],
        isOther: false,
    };
}
function statusOf(text) {
    return text !== undefined && /^[1-9]\d\d$/.test(text) ? Number(text) : undefined;
}
