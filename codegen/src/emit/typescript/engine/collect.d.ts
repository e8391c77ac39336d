/** One pass over a JSON body that notes where each of several values stands. */
import type { Step } from "./table.js";
/** Values of a body, and whether they are all that were looked for. */
export interface Collected {
    readonly found: string[];
    readonly all: boolean;
}
/**
 * The first values that `steps` lead to, in the order in which they begin; one can stand within another. Those under each of
 * duplicate keys are among them. None where the body is not one complete JSON value.
 */
export declare function collect(body: string, steps: readonly Step[]): Collected;
