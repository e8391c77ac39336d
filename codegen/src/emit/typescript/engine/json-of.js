/** JSON text of what a client has parsed already. */
import { Decimal } from "./number.js";
import { RawJson } from "./raw-json.js";
/**
 * `value` as `JSON.stringify` has it, but at any depth, and with bigints, {@link Decimal}s and {@link RawJson} as they were sent;
 * what holds itself is null there. Empty where there is nothing that JSON can say.
 */
export function jsonOf(value) {
    try {
        return isSayable(value) ? write(value) : "";
    }
    catch {
        // What the caller's own code does when its values are read.
        return "";
    }
}
function write(first) {
    const due = [{ value: first }];
    const open = new Set();
    let out = "";
    for (let next = due.pop(); next !== undefined; next = due.pop()) {
        if ("text" in next) {
            out += next.text;
            if (next.closes !== undefined)
                open.delete(next.closes);
            continue;
        }
        const value = plain(next.value);
        if (typeof value !== "object" || value === null || value instanceof RawJson || open.has(value)) {
            out += scalar(value);
            continue;
        }
        open.add(value);
        const isArray = Array.isArray(value);
        out += isArray ? "[" : "{";
        due.push({ text: isArray ? "]" : "}", closes: value });
        // What is put down last is taken up first.
        const parts = isArray ? items(value) : members(value);
        for (const [i, [key, part]] of parts.reverse().entries()) {
            due.push({ value: part }, { text: i === parts.length - 1 ? key : `,${key}` });
        }
    }
    return out;
}
function items(array) {
    return array.map((item) => ["", item]);
}
function members(object) {
    const sayable = Object.entries(object).filter(([, value]) => isSayable(value));
    return sayable.map(([key, value]) => [`${JSON.stringify(key)}:`, value]);
}
function isSayable(value) {
    return !["undefined", "function", "symbol"].includes(typeof value);
}
/** What an object says that it is as JSON. */
function plain(value) {
    if (value instanceof Decimal)
        return new RawJson(value.text);
    if (typeof value !== "object" || value === null || value instanceof RawJson)
        return value;
    const { toJSON } = value;
    return typeof toJSON === "function" ? toJSON.call(value) : value;
}
function scalar(value) {
    if (typeof value === "bigint" || value instanceof RawJson)
        return String(value);
    return typeof value === "object" || !isSayable(value) ? "null" : JSON.stringify(value);
}
