/** Typed values of an error response. */
import { build, setOwn } from "./build.js";
import { isPath, scalarText } from "./document.js";
import { readForm } from "./form.js";
import { items } from "./json.js";
import { stringText } from "./json-string.js";
import { integerOf, numberOf } from "./number.js";
import { isInteger, numberEnd } from "./scanner.js";
/** The values of these fields, those that were sent and are of their type: each the first of its places that holds one. */
export function valuesOf(fields, document, said) {
    const out = {};
    if (fields === undefined)
        return out;
    document.read(fields.flatMap(([, at]) => at));
    for (const [name, at, kind] of fields) {
        const value = firstOf(at, (place) => valueAt(place, kind, document, said));
        if (value !== undefined)
            setOwn(out, name, value);
    }
    return out;
}
function valueAt(place, kind, document, said) {
    const slot = document.slot(place, said);
    if (isPath(place))
        return slot !== undefined && "json" in slot ? typed(slot.json, kind) : undefined;
    const text = scalarText(slot);
    return text === undefined ? undefined : typedText(text, kind);
}
function firstOf(all, of) {
    for (const one of all) {
        const found = of(one);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
/** A JSON value, where it is of this kind. */
function typed(raw, kind) {
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
        case "any":
            return first === "n" ? undefined : build(raw);
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
/** Text that stands by itself (in a header, as a whole body, as a part of another), where it is of this kind. */
function typedText(text, kind) {
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
        case "any":
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
