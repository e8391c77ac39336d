/** One pass over a JSON body that notes where each of several values stands. */
import type { Step } from "./table.js";
/**
 * The values that `steps` lead to, in the order in which they begin; one can stand within another. Those under each of
 * duplicate keys are among them. None where the body is not one complete JSON value.
 */
export declare function collect(body: string, steps: readonly Step[]): string[];
