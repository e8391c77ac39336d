/**
 * One pass over a JSON body that notes where the wanted values stand.
 *
 * Nothing is built: a value is a piece of the body, read as text only when somebody asks for it. Of duplicate keys the last one
 * counts. Only levels that a path reaches are recursed into.
 */
/** The keys and array indices that lead to a value, outermost first; empty for the whole document. */
export type Path = readonly string[];
/** How many paths one pass can look for: the bits of a number. */
export declare const MAX_PATHS = 32;
/** How many segments a path may have; a longer one is never found. Several errors are not looked for any deeper either. */
export declare const MAX_DEPTH = 32;
/** The JSON text of one value, or undefined where there is none. */
export type Raw = string | undefined;
/**
 * Reads `body` once for what stands at each of the paths, at most {@link MAX_PATHS}. Undefined where it is not one complete
 * JSON value: what was found before that is of no use, it may be part of a document that was cut.
 */
export declare function scan(body: string, paths: readonly Path[]): Raw[] | undefined;
/** Whether there is nothing but white space (and a byte order mark). */
export declare function isBlank(body: string): boolean;
/** The items of the JSON array `raw`; nothing where it is no array. */
export declare function items(raw: string): string[];
/** Whether a segment of a pointer is this index: plain digits, no leading zero. */
export declare function isIndex(segment: string, index: number): boolean;
