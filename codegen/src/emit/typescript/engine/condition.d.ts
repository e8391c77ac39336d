/** Whether a response holds what a catalog says that it holds. */
import { type Document, type Slot } from "./document.js";
import type { Condition } from "./table.js";
/** Whether all conditions hold; `message` is where the shape has its message. */
export declare function holdsAll(conditions: readonly Condition[], document: Document, message: Slot): boolean;
/**
 * Whether `text` is `pattern` with anything for each `*`, in any case of ASCII letters. The parts between stars are found
 * from the left, each as early as it can be, so the time is that of a search for each.
 */
export declare function matches(pattern: string, text: string): boolean;
