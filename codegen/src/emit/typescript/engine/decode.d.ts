/**
 * From a response to the error that it is.
 *
 * Decoding reads the body once a shape and cannot fail. What it finds are places in the response; texts are made when asked
 * for.
 */
import { type Document, type Slot } from "./document.js";
import { type Api, type Contents, type Shape } from "./table.js";
import type { Outcome } from "./vocabulary.js";
/** What a response, or one of several errors in it, turned out to be. */
export interface Decoded {
    outcome: Outcome;
    /** Index of the row. */
    row: number | undefined;
    /** Index of the cause among those of the row. */
    cause: number | undefined;
    /** The shape of the response, whichever of its errors this is. */
    shape: Shape | undefined;
    /** The error's own status, else the response's. */
    status: number | undefined;
    /** Whether that status is its own. */
    ownStatus: boolean;
    /** The JSON of one of several errors; undefined for what the whole body tells. */
    json: string | undefined;
    /** The JSON Pointer to there. */
    path: string | undefined;
    /** The parts of the code, the coarsest first; what comes after one that is missing does not count. */
    code: readonly Slot[];
    message: Slot;
    remediation: Slot;
    requestId: Slot;
    unreadableCode: boolean;
    /** Whether the code's first parts are listed, and the whole of it is not. */
    unlistedPart: boolean;
    /** Whether the response has more errors than are looked at. */
    tooManyErrors: boolean;
    /** The other errors of the response. */
    others: readonly Decoded[];
    /** Whether this is one of those others. */
    isOther: boolean;
}
/** Decodes a response: its status (undefined where there was none), headers and body. */
export declare function decode(api: Api, status: number | undefined, document: Document): Decoded;
/** Where the values of a response or of one of several errors stand, and whether it should have been JSON and is not. */
export declare function readContents(contents: Contents, document: Document): {
    decoded: Decoded;
    malformed: boolean;
};
