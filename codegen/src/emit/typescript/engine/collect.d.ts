/** One pass over a JSON body that notes where each of several values stands. */
import type { Step } from "./table.js";
/** Values of a body, each with the JSON Pointer to it unless it is too long, and whether they are all that were looked for. */
export interface Collected {
    readonly found: readonly {
        readonly json: string;
        readonly path: string | undefined;
    }[];
    readonly all: boolean;
}
/**
 * The first values that `steps` lead to, in the order in which they begin; one can stand within another. Those under each of
 * duplicate keys are among them. Undefined where the body is not one complete JSON value.
 */
export declare function collect(body: string, steps: readonly Step[]): Collected | undefined;
