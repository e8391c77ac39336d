/**
 * The shape of the tables that generated packages hold: plain data, written by the generator, read by the engine.
 *
 * Rows refer to shared parts by index, and {@link NONE} stands for none, so that a row is one short line. What is left out of
 * an object has its usual value: no conditions, no fields, nothing documented.
 */
/** The index that stands for "none". */
export const NONE = -1;
/** Whether it is a shape of what is no HTTP response. */
export function isOfEvents(shape) {
    return shape !== undefined && includesStatus(shape.statuses, 0);
}
/** Whether `status` is one of the ranges. */
export function includesStatus(ranges, status) {
    return ranges.some((range) => inRange(range, status));
}
/** Whether all of `other` are in `range`. */
export function covers(range, other) {
    const [first, last] = typeof other === "number" ? [other, other] : other;
    return inRange(range, first) && inRange(range, last);
}
/** Whether `status` is in the range. */
export function inRange(range, status) {
    return typeof range === "number" ? range === status : range[0] <= status && status <= range[1];
}
