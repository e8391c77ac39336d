/** JSON that was not made into values. */
/** A part of a value that is nested too deeply for anybody to walk it, kept as the server wrote it. */
export class RawJson {
    /** The JSON text. */
    text;
    constructor(text) {
        this.text = text;
    }
    /** The JSON text. */
    toString() {
        return this.text;
    }
    /** The JSON text, as text. */
    toJSON() {
        return this.text;
    }
}
