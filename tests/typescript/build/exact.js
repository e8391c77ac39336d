/** JSON whose numbers keep all their digits: `JSON.parse` would round what the vectors expect. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = "\u0000number";
/** The value of a JSON text. Whole numbers beyond 2^53 are bigints. */
export function parseExact(json) {
    const marked = json.replace(TOKEN, (token) => (token.startsWith('"') ? token : `{"\\u0000number":"${token}"}`));
    return JSON.parse(marked, (_, value) => {
        const text = typeof value === "object" && value !== null && value[MARK];
        return typeof text === "string" ? number(text) : value;
    });
}
function number(text) {
    const n = Number(text);
    if (Number.isSafeInteger(n))
        return n;
    if (/^-?\d+$/.test(text))
        return BigInt(text);
    return String(n) === text ? n : { decimal: text };
}
/** What an error holds, in the values that {@link parseExact} gives. */
export function plain(value) {
    if (value instanceof Date)
        return value.toISOString();
    if (Array.isArray(value))
        return value.map(plain);
    if (typeof value !== "object" || value === null)
        return value;
    if (value.constructor.name === "Decimal")
        return { decimal: String(value) };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
