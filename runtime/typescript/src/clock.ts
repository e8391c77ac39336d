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
export const CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep, timer, random: () => Math.random() };

/** What a timer of 32 bits can wait for; more would fire at once. */
const LONGEST = 2 ** 31 - 1;

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  // Timers count whole milliseconds, and can fire within the last one.
  for (let left = Math.ceil(ms) + 1; left > 0; left -= LONGEST) await pause(Math.min(left, LONGEST), signal);
}

function timer(ms: number, call: () => void): () => void {
  const off = new AbortController();
  sleep(ms, off.signal).then(call, () => undefined);
  return () => off.abort();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      clearTimeout(id);
      reject(signal.reason);
    };
    const id = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
