/** From a code to its row. */
// A Map, because `toString` and `__proto__` are ordinary codes.
const indexes = new WeakMap();
/** The index of the row of a code or of an alias. */
export function findRow(api, code) {
    let index = indexes.get(api);
    if (index === undefined) {
        index = indexOf(api);
        indexes.set(api, index);
    }
    return index.get(code);
}
function indexOf(api) {
    const index = new Map(api.aliases);
    for (const [row, [code]] of api.rows.entries())
        index.set(code, row);
    return index;
}
/** Every listed code, in catalog order; of an error without a code of its own, its name. */
export function codesOf(api) {
    return api.rows.map(([code]) => code);
}
