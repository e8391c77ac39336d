/** One pass over a JSON body that notes where each of several values stands. */
import type { Step } from "./table.js";
/** What was kept, and whether no more was. */
export interface Collected<T> {
    readonly found: readonly T[];
    readonly all: boolean;
}
/** Makes something of a value, given the JSON Pointer to it unless that is too long; nothing of one that does not count. */
export type Keep<T> = (json: string, path: string | undefined) => T | undefined;
/**
 * What `keep` makes of the values that `steps` lead to, in the order in which they begin; one can stand within another. Those
 * under each of duplicate keys are among them. Undefined where the body is not one complete JSON value.
 */
export declare function collect<T>(body: string, steps: readonly Step[], keep: Keep<T>): Collected<T> | undefined;
