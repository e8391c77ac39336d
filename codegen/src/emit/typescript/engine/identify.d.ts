/** Which listed error it is, and which of its causes. */
import type { Decoded } from "./decode.js";
import { type Document } from "./document.js";
import { type Api } from "./table.js";
/** Sets outcome, row and cause. */
export declare function identify(api: Api, document: Document, malformed: boolean, decoded: Decoded): void;
/** Whether a row without a code is told by anything but its status. */
export declare function hasConditions(api: Api, row: number | undefined): boolean;
