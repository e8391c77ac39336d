/**
 * Delays and instants as servers write them.
 *
 * All of it is in whole milliseconds, rounded up so that nobody comes back too early, and bounded by 2^53 - 1 so that every
 * language gives the same answer. What is longer counts as that.
 */
import type { Form } from "./table.js";
/** What a text told: to wait so many milliseconds, or to wait until so many milliseconds after the epoch. */
export type Told = {
    readonly delay: number;
} | {
    readonly instant: number;
};
/** The milliseconds from `now`, itself so many after the epoch; negative for what is past. */
export declare function msOf(told: Told, now: number): number;
/** Reads `text`; undefined where it is not well formed. */
export declare function readForm(form: Form, text: string): Told | undefined;
/** A positive number of milliseconds divided by a decimal rate, rounded up; undefined where the rate is none or zero. */
export declare function divide(ms: number, rate: string): number | undefined;
