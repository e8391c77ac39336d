/** Time and chance, which tests bring along. */
/** Where `withRetry` has time and chance from. */
export interface Clock {
    /** The time it is, in milliseconds since 1970. */
    now(): number;
    /** Milliseconds of a clock that only goes forward. */
    monotonic(): number;
    /** Resolves after so many milliseconds and never before, or rejects with the signal's reason as soon as that is aborted. */
    sleep(ms: number, signal: AbortSignal): Promise<void>;
    /** Calls back after so many milliseconds, unless what it returns is called before. It is for what runs out, and nobody waits for. */
    timer(ms: number, call: () => void): () => void;
    /** A draw from 0 (included) to 1 (excluded). */
    random(): number;
}
/** The clock of the platform. */
export declare const CLOCK: Clock;
