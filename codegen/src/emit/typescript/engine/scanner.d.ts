/**
 * A cursor over JSON text: single values, checked and skipped. Depth costs one bit a level, never the stack.
 *
 * The grammar is RFC 8259, with a tolerance that real servers need: bare control characters are allowed inside strings.
 */
/** Steps over JSON. Each method that answers a boolean says whether the text was well formed, unless it says otherwise. */
export declare class Scanner {
    readonly body: string;
    /** The index of the next character. */
    at: number;
    constructor(body: string);
    /** The character code that is next, NaN at the end. */
    private peek;
    /** Skips white space. */
    space(): void;
    private take;
    /** Skips a comma, and tells whether there was one. */
    comma(): boolean;
    /** Skips the opening bracket that is next, and tells of what; undefined where none is. */
    open(): "object" | "array" | undefined;
    /** Skips the closing bracket of an object or array. */
    close(what: "object" | "array"): boolean;
    /** Whether nothing but white space is left. */
    isAtEnd(): boolean;
    /** Skips the key of a member and the colon behind it; the key with its quotes, undefined where it is not well formed. */
    member(): string | undefined;
    /** Reads the members of an object; `value` reads the value of each, given its key with its quotes. */
    object(value: (key: string) => boolean): boolean;
    /** Reads the items of an array; `value` reads each, given its index. */
    array(value: (index: number) => boolean): boolean;
    /** Skips one value. */
    value(): boolean;
    private container;
    /** Closes what ends here, up to the next value that is due, if any container is left open for it. */
    private leave;
    /** Skips a string, number or word. */
    scalar(): boolean;
    private literal;
    private string;
    /** Skips what follows a backslash. */
    private escape;
}
/** The index of the first character that is no byte order mark. */
export declare function skipBom(body: string): number;
/** Where the JSON number that begins at `at` ends; undefined where none does. */
export declare function numberEnd(text: string, at: number): number | undefined;
/** Where the ASCII digits that begin at `at` end. */
export declare function digitsEnd(text: string, at: number): number;
/** Whether `text` is digits, perhaps behind a minus. */
export declare function isInteger(text: string): boolean;
