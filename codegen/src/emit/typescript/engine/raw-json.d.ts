/** JSON that was not made into values. */
/** A part of a value that is nested too deeply for anybody to walk it, kept as the server wrote it. */
export declare class RawJson {
    /** The JSON text. */
    readonly text: string;
    constructor(text: string);
    /** The JSON text. */
    toString(): string;
    /** The JSON text, as text. */
    toJSON(): string;
}
