/** Whether a response holds what a catalog says that it holds. */
import { isPresent, scalarText } from "./document.js";
/** Whether all conditions hold; `message` is where the shape has its message. */
export function holdsAll(conditions, document, message) {
    return conditions.every(([at, ...test]) => holds(test, at === "message" ? message : document.slot(at)));
}
function holds(test, slot) {
    if (test[0] === "present")
        return isPresent(slot) === test[1];
    const text = scalarText(slot);
    // A list or an object is there, and is no text.
    if (text === undefined)
        return test[0] === "not" && isPresent(slot);
    const want = test[1];
    switch (test[0]) {
        case "equals":
            return text === want;
        case "not":
            return text !== want;
        case "contains":
            return lowerAscii(text).includes(lowerAscii(want));
        case "prefix":
            return lowerAscii(text.slice(0, want.length)) === lowerAscii(want);
        case "pattern":
            return matches(want, text);
    }
}
/**
 * Whether `text` is `pattern` with anything for each `*`, in any case of ASCII letters. The parts between stars are found
 * from the left, each as early as it can be, so the time is that of a search for each.
 */
export function matches(pattern, text) {
    const [first = "", ...rest] = lowerAscii(pattern).split("*");
    const lower = lowerAscii(text);
    const last = rest.pop();
    if (last === undefined)
        return lower === first;
    if (!lower.startsWith(first))
        return false;
    let at = first.length;
    for (const part of rest) {
        const found = lower.indexOf(part, at);
        if (found < 0)
            return false;
        at = found + part.length;
    }
    return lower.length - at >= last.length && lower.endsWith(last);
}
/** ASCII letters in lower case, and nothing else changed: servers mean no more by "any case". */
function lowerAscii(text) {
    // The bound keeps what the engine notes for stepping back small.
    return text.replace(/[A-Z][\0-\x7f]{0,999}/g, (part) => part.toLowerCase());
}
