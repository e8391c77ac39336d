/** Typed values of an error response. */
import { build } from "./build.js";
import { readForm } from "./form.js";
import { isInteger, items, numberEnd, stringText } from "./json.js";
import { integerOf, numberOf } from "./number.js";
/** A JSON value, where it is of this kind. */
export function typed(raw, kind) {
    const first = raw.charAt(0);
    switch (kind) {
        case "string":
            return first === '"' ? stringText(raw) : undefined;
        case "integer":
            return isInteger(raw) ? integerOf(raw) : undefined;
        case "number":
            return isNumber(first) ? numberOf(raw) : undefined;
        case "boolean":
            return first === "t" || first === "f" ? first === "t" : undefined;
        case "object":
            return first === "{" ? build(raw) : undefined;
    }
    if (kind[0] === "list")
        return first === "[" ? list(raw, kind[1]) : undefined;
    if (first === '"')
        return instant(stringText(raw), kind[1]);
    return isNumber(first) ? instant(raw, kind[1]) : undefined;
}
function list(raw, of) {
    const out = [];
    for (const item of items(raw)) {
        const value = of === undefined ? build(item) : typed(item, of);
        if (value === undefined)
            return undefined;
        out.push(value);
    }
    return out;
}
/** The text of a header or of a whole body, where it is of this kind. */
export function typedText(text, kind) {
    switch (kind) {
        case "string":
            return text;
        case "integer":
            return isInteger(text) ? integerOf(text) : undefined;
        case "number":
            return numberEnd(text, 0) === text.length ? numberOf(text) : undefined;
        case "boolean":
            return text === "true" || text === "false" ? text === "true" : undefined;
        case "object":
            return undefined;
    }
    return kind[0] === "timestamp" ? instant(text, kind[1]) : undefined;
}
function isNumber(first) {
    return first === "-" || (first >= "0" && first <= "9");
}
// The years 0 to 9999, which are those that text can give.
const FIRST_INSTANT = -62_167_219_200_000;
const LAST_INSTANT = 253_402_300_799_999;
function instant(text, form) {
    const told = readForm(form, text);
    if (told === undefined || !("instant" in told))
        return undefined;
    return told.instant >= FIRST_INSTANT && told.instant <= LAST_INSTANT ? new Date(told.instant) : undefined;
}
