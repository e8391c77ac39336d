/** Numbers of any size and precision. */
/** A number that no JavaScript number holds exactly, kept as the server wrote it. */
export declare class Decimal {
    /** The number as sent: `1e400`, `0.12345678901234567890`. */
    readonly text: string;
    constructor(text: string);
    /** The nearest JavaScript number. */
    valueOf(): number;
    /** The number as sent. */
    toString(): string;
    /** The number as sent, as text: JSON itself would round it. */
    toJSON(): string;
}
/** A whole number: a number where that is exact, else a bigint. Undefined where it has more digits than anybody means. */
export declare function integerOf(digits: string): number | bigint | undefined;
/** A JSON number: a number where that says what was written, else a {@link Decimal}. */
export declare function numberOf(text: string): number | Decimal;
