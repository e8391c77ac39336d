/** A response, or one of several errors in it, as something to look values up in. */
import { type Collected, type Keep } from "./collect.js";
import { type Path } from "./json.js";
import type { Place, Step } from "./table.js";
/** What stands at a place: JSON text of the body, text by itself (of a header, of the whole body, cut out), or nothing. */
export type Slot = {
    readonly json: string;
} | {
    readonly text: string;
} | undefined;
/** Where an error has its own code and message, and where it stands itself. */
export interface Said {
    /** The parts of the code, the coarsest first. */
    readonly code: readonly Slot[];
    readonly message: Slot;
    /** The JSON Pointer of one of several errors. */
    readonly path: string | undefined;
}
/** Headers and body of a response, or one of several errors in it. What was looked for once is known. */
export declare class Document {
    private readonly headers;
    private readonly json;
    /** The response, for one of several errors in it. */
    private readonly response?;
    /** By the keys of the path, which tables write anew for each place. */
    private readonly found;
    private isJson;
    private blank;
    private whole;
    /** Parts of what the body as a whole tells, and answers about it, for all errors that ask. */
    private readonly cuts;
    private readonly answers;
    constructor(headers: Headers, json: string, 
    /** The response, for one of several errors in it. */
    response?: Document | undefined);
    /** One of several errors: the one that this JSON of the body tells. */
    within(json: string | undefined): Document;
    get isBlank(): boolean;
    /** The answer to a question about the body as a whole: asked once, however many errors ask. */
    once(question: unknown, ask: (response: Document) => boolean): boolean;
    /** What `keep` makes of the values where several errors can stand; undefined where the body is no JSON. */
    several<T>(at: readonly Step[], keep: Keep<T>): Collected<T> | undefined;
    /** Looks for these places in one pass over the body, and tells whether it should have been JSON for them and is not. */
    read(places: readonly Place[]): boolean;
    /** What stands at one place; `said` is where the error has its code and message. */
    slot(place: Place, said?: Said): Slot;
    private cut;
    private text;
    private at;
    /** Looks for what was not looked for yet, as many paths in one pass over the body as it can hold. */
    private find;
}
/** The values in the text of a header that was sent several times, as by a server and by the proxy before it. */
export declare function eachValue(text: string): string[];
/** Whether a place is a header. */
export declare function isHeader(place: Place): boolean;
/** The path that a place needs the JSON of the error to be read for. */
export declare function pathOf(place: Place): Path | undefined;
/** Whether what stands at a place is told by the body as a whole, so that it is the same for each of several errors in it. */
export declare function isOfWhole(place: Place): boolean;
/** Whether a place is in the JSON of the error. */
export declare function isPath(place: Place): place is Path;
/** Whether there is a value that is not null. */
export declare function isPresent(slot: Slot): boolean;
/** The text at a slot: of a string what it says, of other JSON what is written. */
export declare function textOf(slot: Slot): string | undefined;
/** The text of a string, or the text that a number or boolean is written as. */
export declare function scalarText(slot: Slot): string | undefined;
/** The parts of a code as sent. */
export declare function codeParts(code: readonly Slot[]): string[];
/** A code as sent, its parts joined by `/`. */
export declare function codeText(code: readonly Slot[]): string | undefined;
/** Whether it is text. */
export declare function isText(slot: Slot): boolean;
/** Whether it is text or a whole number. */
export declare function isTextOrInteger(slot: Slot): boolean;
