/**
 * One pass over a JSON body that notes where the wanted values stand.
 *
 * Nothing is built: a value is a piece of the body, read as text only when somebody asks for it. The grammar is RFC 8259,
 * with a tolerance that real servers need: bare control characters are allowed inside strings. Of duplicate keys the last one
 * counts. Depth costs one bit a level, never the stack: only levels that a path reaches are recursed into.
 */
/** The keys and array indices that lead to a value, outermost first; empty for the whole document. */
export type Path = readonly string[];
/** How many paths one pass can look for: the bits of a number. */
export declare const MAX_PATHS = 32;
/** The JSON text of one value, or undefined where there is none. */
export type Raw = string | undefined;
/**
 * Reads `body` once for what stands at each of the paths, at most {@link MAX_PATHS}. Undefined where it is not one complete
 * JSON value: what was found before that is of no use, it may be part of a document that was cut.
 */
export declare function scan(body: string, paths: readonly Path[]): Raw[] | undefined;
/** Whether there is nothing but white space (and a byte order mark). */
export declare function isBlank(body: string): boolean;
/** The index of the first character that is no byte order mark. */
export declare function skipBom(body: string): number;
/** The items of the JSON array `raw`; nothing where it is no array. */
export declare function items(raw: string): string[];
/** The text of a JSON string, given with its quotes. Lone surrogates become U+FFFD. */
export declare function stringText(raw: string): string;
/** `text` with U+FFFD for each lone surrogate. */
export declare function wellFormed(text: string): string;
/** Where the JSON number that begins at `at` ends; undefined where none does. */
export declare function numberEnd(text: string, at: number): number | undefined;
/** Where the ASCII digits that begin at `at` end. */
export declare function digitsEnd(text: string, at: number): number;
/** Whether `text` is digits, perhaps behind a minus. */
export declare function isInteger(text: string): boolean;
/** Steps over JSON. Each method that answers a boolean says whether the text was well formed. */
export declare class Scanner {
    readonly body: string;
    at: number;
    readonly paths: readonly Path[];
    /** What stands at each of the paths, as far as it was read. */
    readonly found: Raw[];
    constructor(body: string, at: number, paths: readonly Path[]);
    /** The character code that is next, NaN at the end. */
    peek(): number;
    /** Skips white space. */
    space(): void;
    /** Skips this character, if it is next. */
    take(char: number): boolean;
    /** Reads a value whose path is a prefix of each path in `active`, a set of bits. */
    value(active: number, depth: number): boolean;
    private select;
    private note;
    private object;
    private array;
    /** The array indices that the paths in `active` go on with, each with its paths: plain digits, no leading zero. */
    private indices;
    /** Skips a string, number or word. */
    scalar(): boolean;
    private literal;
    private skipString;
    /** Skips what follows a backslash. */
    private skipEscape;
    /** Skips an object or array that holds nothing wanted, checking its form. */
    private skipContainer;
    /** Closes what ends here, up to the next value that is due, if any container is left open for it. */
    private leave;
    private key;
}
