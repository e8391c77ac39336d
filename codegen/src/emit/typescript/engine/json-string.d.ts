/** What a JSON string says. */
/** The text of a JSON string, given with its quotes. Lone surrogates become U+FFFD. */
export declare function stringText(raw: string): string;
/** `text` with U+FFFD for each lone surrogate. */
export declare function wellFormed(text: string): string;
