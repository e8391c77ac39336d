/** Instants as servers write them, in milliseconds after 1970-01-01T00:00:00Z. */
/** An HTTP-date (RFC 9110, section 5.6.7): the preferred form and the two obsolete ones. The day of the week must be right. */
export declare function httpDate(written: string): number | undefined;
/**
 * `2026-01-15T12:00:00.000Z`, with any offset, any number of digits in the fraction, seconds optional. Without an offset it
 * is no instant, and not read.
 */
export declare function iso8601(text: string): number | undefined;
