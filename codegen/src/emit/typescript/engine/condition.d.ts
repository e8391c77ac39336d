/** Whether a response holds what a catalog says that it holds. */
import { type Document, type Said } from "./document.js";
import type { Condition, Test } from "./table.js";
/** Whether all conditions hold of an error; `said` is where it has its code and message. */
export declare function holdsAll(conditions: readonly Condition[] | undefined, document: Document, said: Said): boolean;
/** Whether a test holds of a part of a code, in which case counts. */
export declare function holdsOfCode(test: Test, code: string): boolean;
/**
 * Whether `text` is `pattern` with anything for each `*`. The parts between stars are found from the left, each as early as it
 * can be, so the time is that of a search for each.
 */
export declare function matches(pattern: string, text: string): boolean;
/** ASCII letters in lower case, and nothing else changed: servers mean no more by "any case". */
export declare function lowerAscii(text: string): string;
