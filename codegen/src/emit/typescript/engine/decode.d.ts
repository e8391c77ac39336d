/**
 * From a response to the error that it is.
 *
 * Decoding reads the body once a shape and cannot fail. What it finds are places in the response; texts are made when asked
 * for.
 */
import { type Document, type Slot } from "./document.js";
import { type Api, type More, type Row, type Shape, type Statuses } from "./table.js";
import type { Outcome } from "./vocabulary.js";
/** What a response turned out to be. */
export interface Decoded {
    outcome: Outcome;
    /** Index of the row. */
    row?: number;
    /** Index of the cause among those of the row. */
    cause?: number;
    shape?: Shape;
    code?: Slot;
    message?: Slot;
    remediation?: Slot;
    requestId?: Slot;
    unreadableCode: boolean;
}
/** Decodes a response: its status (undefined where there was none), headers and body. */
export declare function decode(api: Api, status: number | undefined, document: Document): Decoded;
/** What only some rows have, of this one. */
export declare function moreOf(api: Api, row: number): More | undefined;
/** What a row says of its statuses. */
export declare function statusesOf(api: Api, row: Row): Statuses;
