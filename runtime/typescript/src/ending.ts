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
  private readonly letGo: (() => void) | undefined;
  private readonly stopTimer: (() => void) | undefined;
  readonly signal: AbortSignal = this.controller.signal;
  /** What was thrown last: when the time is over, that is why there is no result. */
  lastThrown: unknown;

  constructor(clock: Clock, { signal, total }: Limits) {
    this.given = signal;
    if (signal?.aborted === true) this.abort();
    else if (signal !== undefined) this.letGo = watch(signal, this.abort);
    if (total !== undefined && total !== Number.POSITIVE_INFINITY) {
      // A time that is no number, or negative, is none at all.
      this.stopTimer = clock.timer(total > 0 ? total : 0, () => this.controller.abort(this.timeout(total)));
    }
  }

  /** What comes, or the reason of the end, if that is first. */
  async first<T>(coming: T | PromiseLike<T>): Promise<Awaited<T>> {
    let stop: (() => void) | undefined;
    const ended = new Promise<never>((_, reject) => {
      stop = () => reject(this.signal.reason);
      // What is waited for may have ended it on its way here.
      if (this.signal.aborted) stop();
      else this.signal.addEventListener("abort", stop, { once: true });
    });
    try {
      return await Promise.race([coming, ended]);
    } finally {
      if (stop !== undefined) this.signal.removeEventListener("abort", stop);
    }
  }

  /** Lets go of the caller's signal, and of the timer. */
  off(): void {
    this.letGo?.();
    this.stopTimer?.();
  }

  /**
   * The same, but that the caller's signal goes on to reach a response whose body is still to be read, for as long as somebody has that
   * response.
   */
  handOn(result: unknown): void {
    this.off();
    const { given } = this;
    if (given === undefined || this.signal.aborted || !isUnread(result)) return;
    // Neither the signal, which may live as long as the program, nor what waits for the response's end keeps it alive.
    const ending = new WeakRef(this);
    HANDED_ON.set(result, this);
    GONE.register(result, watch(given, () => ending.deref()?.abort()));
  }

  private timeout(total: number): DOMException {
    const over = new DOMException(`the total time of ${total} ms is over`, "TimeoutError");
    // Its constructor takes no cause everywhere.
    if (this.lastThrown !== undefined) Object.defineProperty(over, "cause", { value: this.lastThrown, configurable: true, writable: true });
    return over;
  }

  private readonly abort = (): void => this.controller.abort(this.given?.reason);
}

/** Responses that were handed on unread, and what ends them. */
const HANDED_ON: WeakMap<object, Ending> = /* @__PURE__ */ new WeakMap();

/** Lets go of the signals of responses that are gone. */
const GONE: FinalizationRegistry<() => void> = /* @__PURE__ */ new FinalizationRegistry((letGo) => letGo());

function isUnread(result: unknown): result is object {
  const { body, bodyUsed } = (result ?? {}) as { readonly body?: unknown; readonly bodyUsed?: unknown };
  return typeof body === "object" && body !== null && bodyUsed === false;
}

interface Watched {
  readonly calls: Set<() => void>;
  readonly tell: () => void;
}

/** The signals that are waited for. All calls of a program may have the same one, and runtimes warn of a signal with many listeners. */
const WATCHED: WeakMap<AbortSignal, Watched> = /* @__PURE__ */ new WeakMap();

/** Calls back when `signal` is aborted, unless what it returns is called before. */
function watch(signal: AbortSignal, call: () => void): () => void {
  let watched = WATCHED.get(signal);
  if (watched === undefined) {
    const calls = new Set<() => void>();
    watched = { calls, tell: () => calls.forEach((one) => one()) };
    WATCHED.set(signal, watched);
    signal.addEventListener("abort", watched.tell, { once: true });
  }
  const { calls, tell } = watched;
  calls.add(call);
  return () => {
    if (!calls.delete(call) || calls.size > 0) return;
    signal.removeEventListener("abort", tell);
    WATCHED.delete(signal);
  };
}
