/** A clock that stands still but for the waits, which it writes down. */
import type { Clock } from "../../../generated/typescript/vivix-errors/index.js";

export class VirtualClock implements Clock {
  readonly waits: number[] = [];
  #elapsed = 0;

  /** `draw` is what chance gives each time. */
  constructor(
    private readonly start: number,
    private readonly draw: number,
  ) {}

  readonly now = (): number => this.start;
  readonly monotonic = (): number => this.#elapsed;
  readonly random = (): number => this.draw;
  readonly sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.#elapsed += ms;
  };
  /** Never: no test waits for what runs out. */
  readonly timer = (): (() => void) => () => undefined;
}
