/**
 * Delays and instants as servers write them.
 *
 * All of it is in whole milliseconds, rounded up so that nobody comes back too early, and bounded by 2^53 - 1 so that every
 * language gives the same answer. What is out of bounds is unreadable.
 */
import type { Form } from "./table.js";
/** What a text told: to wait so many milliseconds, or to wait until so many milliseconds after the epoch. */
export type Told = {
    readonly delay: number;
} | {
    readonly instant: number;
};
/** The wait from `now`, in milliseconds after the epoch; past and zero mean none. */
export declare function waitOf(told: Told, now: number): number | undefined;
/** Reads `text`; undefined where it is not well formed. */
export declare function readForm(form: Form, text: string): Told | undefined;
