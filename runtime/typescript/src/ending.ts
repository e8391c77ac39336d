/** What ends a call from outside, whatever it is at. */

import type { Clock } from "./clock.js";

/** What the caller sets. */
export interface Limits {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly total?: number | undefined;
}

/** The caller's signal, and the total time. */
export class Ending {
  private readonly controller = new AbortController();
  private readonly given: AbortSignal | undefined;
  private readonly stopTimer: (() => void) | undefined;
  readonly signal: AbortSignal = this.controller.signal;

  constructor(clock: Clock, { signal, total }: Limits) {
    this.given = signal;
    if (signal?.aborted === true) this.abort();
    else signal?.addEventListener("abort", this.abort, { once: true });
    if (total !== undefined && total >= 0 && total < Number.POSITIVE_INFINITY) {
      const over = new DOMException(`the total time of ${total} ms is over`, "TimeoutError");
      this.stopTimer = clock.timer(total, () => this.controller.abort(over));
    }
  }

  /** What comes, or the reason of the end, if that is first. */
  async first<T>(coming: T | PromiseLike<T>): Promise<Awaited<T>> {
    let stop: (() => void) | undefined;
    const ended = new Promise<never>((_, reject) => {
      stop = () => reject(this.signal.reason);
      this.signal.addEventListener("abort", stop, { once: true });
    });
    try {
      return await Promise.race([coming, ended]);
    } finally {
      if (stop !== undefined) this.signal.removeEventListener("abort", stop);
    }
  }

  /** Lets go of the caller's signal, and of the timer. */
  off(): void {
    this.given?.removeEventListener("abort", this.abort);
    this.stopTimer?.();
  }

  private readonly abort = (): void => this.controller.abort(this.given?.reason);
}
