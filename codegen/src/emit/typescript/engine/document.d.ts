/** A response as something to look values up in. */
import type { Field, Place } from "./table.js";
import { type Value } from "./value.js";
/** What stands at a place: JSON text of the body, the text of a header or of the whole body, or nothing. */
export type Slot = {
    readonly json: string;
} | {
    readonly text: string;
} | undefined;
/**
 * Headers and body of a response. The body is read once for all places that are asked for together, and what is found is kept.
 */
export declare class Document {
    private readonly headers;
    private readonly body;
    readonly isBlank: boolean;
    /** By the keys of the path, which tables write anew for each place. */
    private readonly found;
    private isJson;
    constructor(headers: Headers, body: string);
    /** What stands at each of these places, and whether the body should have been JSON for them and is not. */
    read(lists: readonly (readonly Place[])[]): {
        slots: Slot[][];
        malformed: boolean;
    };
    /** What stands at one place. */
    slot(place: Place): Slot;
    /** The values of these fields, those that were sent and are of their type: the first of its places that holds one. */
    fields(fields: readonly Field[]): [name: string, value: Value][];
    /** Looks for what was not looked for yet, as many places in one pass over the body as it can hold. */
    private find;
}
/** Whether there is a value that is not null. */
export declare function isPresent(slot: Slot): boolean;
/** The text at a slot: of a string what it says, of other JSON what is written. */
export declare function textOf(slot: Slot): string | undefined;
/** The text of a string, or the text that a number or boolean is written as. */
export declare function scalarText(slot: Slot): string | undefined;
/** The first that is text. */
export declare function firstText(slots: readonly Slot[]): Slot;
/** The first that is text or a whole number. */
export declare function firstTextOrInteger(slots: readonly Slot[]): Slot;
