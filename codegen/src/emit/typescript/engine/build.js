/** JSON as values. */
import { Scanner, isInteger, stringText } from "./json.js";
import { Decimal, integerOf, numberOf } from "./number.js";
/** Deeper values are not built: whoever walks them, if only to log them, would run out of stack. */
const MAX_DEPTH = 1000;
/** The value of a well-formed JSON text; undefined where it is nested too deeply. */
export function build(raw) {
    const scanner = new Scanner(raw, 0, []);
    const stack = [];
    for (;;) {
        // Here a value is due.
        let value;
        const opened = open(scanner);
        if (opened === undefined)
            value = scalar(scanner);
        else if (close(scanner))
            value = contents(opened);
        else if (stack.length === MAX_DEPTH)
            return undefined;
        else {
            stack.push(opened);
            readKey(scanner, opened);
            continue;
        }
        // Here it has ended, and perhaps what it stands in.
        for (;;) {
            const parent = stack.at(-1);
            if (parent === undefined)
                return value;
            add(parent, value);
            scanner.space();
            if (scanner.take(COMMA)) {
                readKey(scanner, parent);
                break;
            }
            if (!close(scanner))
                return undefined;
            value = contents(parent);
            stack.pop();
        }
    }
}
const COMMA = 0x2c;
const COLON = 0x3a;
function open(scanner) {
    scanner.space();
    if (scanner.take(0x7b))
        return { object: {}, key: "" };
    return scanner.take(0x5b) ? { array: [] } : undefined;
}
function close(scanner) {
    scanner.space();
    return scanner.take(0x7d) || scanner.take(0x5d);
}
function contents(opened) {
    return "array" in opened ? opened.array : opened.object;
}
function readKey(scanner, opened) {
    if ("array" in opened)
        return;
    scanner.space();
    opened.key = String(scalar(scanner));
    scanner.space();
    scanner.take(COLON);
}
function add(opened, value) {
    if ("array" in opened)
        opened.array.push(value);
    else
        setOwn(opened.object, opened.key, value);
}
function scalar(scanner) {
    const start = scanner.at;
    scanner.scalar();
    const raw = scanner.body.slice(start, scanner.at);
    switch (raw.charAt(0)) {
        case '"':
            return stringText(raw);
        case "t":
            return true;
        case "f":
            return false;
        case "n":
            return null;
        default:
            return isInteger(raw) ? (integerOf(raw) ?? new Decimal(raw)) : numberOf(raw);
    }
}
/** Sets a property of the object itself, whatever its name: assigning to `__proto__` would set the prototype. */
export function setOwn(object, key, value) {
    if (key === "__proto__") {
        Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
    }
    else {
        object[key] = value;
    }
}
