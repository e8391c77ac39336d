/** From a code to its row. */
const indexes = new WeakMap();
/** The index of a code or of an alias, in `rows` and then in `aliases`. */
export function findKey(api, code) {
    return indexOf(api).keys.get(code);
}
/** The index of the row of that code or alias. */
export function rowOf({ rows, aliases }, key) {
    return key < rows.length ? key : aliases[key - rows.length]?.[1];
}
/** Whether a listed code, the text of which is that of these parts, has them. */
export function hasParts(api, key, parts) {
    const index = indexOf(api);
    const joins = (slash) => index.hasParts && (index.joints.get(key)?.includes(slash) ?? true);
    let slash = 0;
    return parts.every((part, i) => {
        for (const character of part)
            if (character === "/" && joins(slash++))
                return false;
        return i === parts.length - 1 || joins(slash++);
    });
}
function indexOf(api) {
    let index = indexes.get(api);
    if (index === undefined)
        indexes.set(api, (index = made(api)));
    return index;
}
function made(api) {
    const keys = new Map(api.aliases.map(([code], i) => [code, api.rows.length + i]));
    for (const [row, [code]] of api.rows.entries())
        keys.set(code, row);
    const hasParts = api.shapes.some(({ code, errors }) => [code, errors?.shape.code].some((list) => (list?.length ?? 0) > 1));
    return { keys, joints: new Map(api.slashed), hasParts };
}
/** Every listed code, in catalog order; of an error without a code of its own, its name. */
export function codesOf(api) {
    return api.rows.map(([code]) => code);
}
