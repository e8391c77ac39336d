/** Text of a server in one line of a log. */
/** `text` with its control characters escaped, cut after 300 characters. */
export declare function oneLine(text: string): string;
