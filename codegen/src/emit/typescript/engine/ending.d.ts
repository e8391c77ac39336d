/** What ends a call from outside, whatever it is at. */
import type { Clock } from "./clock.js";
/** What the caller sets. */
export interface Limits {
    readonly signal?: AbortSignal | undefined;
    /** Milliseconds. */
    readonly total?: number | undefined;
}
/** The caller's signal, and the total time. */
export declare class Ending {
    private readonly controller;
    private readonly given;
    private readonly letGo;
    private readonly stopTimer;
    readonly signal: AbortSignal;
    /** What was thrown last: when the time is over, that is why there is no result. */
    lastThrown: unknown;
    constructor(clock: Clock, { signal, total }: Limits);
    /** What comes, or the reason of the end, if that is first. */
    first<T>(coming: T | PromiseLike<T>): Promise<Awaited<T>>;
    /** Lets go of the caller's signal, and of the timer. */
    off(): void;
    /**
     * The same, but that the caller's signal goes on to reach a response whose body is still to be read, for as long as somebody has that
     * response.
     */
    handOn(result: unknown): void;
    private timeout;
    private readonly abort;
}
