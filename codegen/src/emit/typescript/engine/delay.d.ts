/** The delay that a response tells. */
import { type Document, type Said } from "./document.js";
import type { Delay } from "./table.js";
/** What sources of a delay told. */
export interface Heard {
    /** The wait in milliseconds; undefined where nothing was told, or what was told is past. */
    readonly wait: number | undefined;
    /** Whether a source was there and not well formed. */
    readonly unreadable: boolean;
}
/** Nothing. */
export declare const SILENCE: Heard;
/** What all of them told: the longest wait. */
export declare function longest(all: readonly Heard[]): Heard;
/** Asks sources in order; the first that is there and well formed counts. */
export declare function hear(sources: readonly Delay[], document: Document, said: Said, now: number): Heard;
