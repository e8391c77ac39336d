/** Several errors in one response: lists, trees and chains. */
import { type Decoded } from "./decode.js";
import { type Document } from "./document.js";
import type { Api, Several } from "./table.js";
/**
 * Reads each of several errors; what has neither a code nor a message is none. The response notes whether these are all.
 * Undefined where the body is no JSON.
 */
export declare function readSeveral({ at, shape }: Several, document: Document, response: Decoded): readonly Decoded[] | undefined;
/** Identifies each of `errors`, and puts the primary one of all before the others. */
export declare function settle(api: Api, primary: Several["primary"], response: Decoded, errors: readonly Decoded[], document: Document): Decoded;
