/** One pass over a JSON body that notes where each of several values stands. */

import { isIndex, MAX_DEPTH } from "./json.js";
import { stringText } from "./json-string.js";
import { Scanner } from "./scanner.js";
import type { Step } from "./table.js";

/** How many values are collected: more errors than anybody reads, and few enough that no body of them fills the memory. */
const MOST = 10_000;

/** How long a path can be: each of many errors has one of its own. */
const LONGEST_PATH = 4096;

/** Values of a body, each with the JSON Pointer to it unless it is too long, and whether they are all that were looked for. */
export interface Collected {
  readonly found: readonly { readonly json: string; readonly path: string | undefined }[];
  readonly all: boolean;
}

/**
 * The first values that `steps` lead to, in the order in which they begin; one can stand within another. Those under each of
 * duplicate keys are among them. Undefined where the body is not one complete JSON value.
 */
export function collect(body: string, steps: readonly Step[]): Collected | undefined {
  const collector = new Collector(body, steps.slice(0, MAX_DEPTH));
  return collector.value(1, 0, "") && collector.scanner.isAtEnd() ? collector : undefined;
}

/**
 * A set of bits tells how many steps were taken, in each of the ways in which they can have been. There can be one more of them
 * than operators on bits can tell apart.
 */
class Collector {
  readonly scanner: Scanner;
  readonly found: { json: string; readonly path: string | undefined }[] = [];
  all = true;
  /** The bit of a value that all steps lead to. */
  private readonly arrived: number;

  constructor(
    body: string,
    private readonly steps: readonly Step[],
  ) {
    this.scanner = new Scanner(body);
    this.arrived = 2 ** steps.length;
  }

  value(reached: number, depth: number, path: string): boolean {
    const { scanner, found } = this;
    if (reached === 0) return scanner.value();
    scanner.space();
    const start = scanner.at;
    const taken = this.withDeep(reached);
    const isWanted = taken >= this.arrived;
    if (isWanted && found.length === MOST) this.all = false;
    // It has its place before the values within.
    const wanted = isWanted && this.all ? { json: "", path: path.length > LONGEST_PATH ? undefined : path } : undefined;
    if (wanted !== undefined) found.push(wanted);
    const moreToGo = taken % this.arrived !== 0 && depth < MAX_DEPTH;
    const what = moreToGo ? scanner.open() : undefined;
    let ok: boolean;
    if (what === "object") {
      ok = scanner.object((written) => {
        const key = stringText(written);
        const after = this.after(taken, (wanted) => wanted === key);
        return this.value(after, depth + 1, after === 0 ? path : `${path}/${escaped(key)}`);
      });
    } else if (what === "array") {
      ok = scanner.array((index) => {
        const after = this.after(taken, (wanted) => isIndex(wanted, index));
        return this.value(after, depth + 1, after === 0 ? path : `${path}/${index}`);
      });
    } else ok = scanner.value();
    if (wanted !== undefined) wanted.json = scanner.body.slice(start, scanner.at);
    return ok;
  }

  /** A deep step may as well lead nowhere. */
  private withDeep(taken: number): number {
    return this.steps.reduce<number>((all, step, i) => (isDeep(step) && has(all, i) ? add(all, i + 1) : all), taken);
  }

  private after(taken: number, is: (key: string) => boolean): number {
    return this.steps.reduce<number>((all, step, i) => {
      if (!has(taken, i)) return all;
      if (isDeep(step)) return add(all, i);
      return typeof step !== "string" || is(step) ? add(all, i + 1) : all;
    }, 0);
  }
}

/** A key as JSON Pointers have it. */
function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isDeep(step: Step): boolean {
  return typeof step !== "string" && step[0] === "**";
}

function has(set: number, i: number): boolean {
  return Math.floor(set / 2 ** i) % 2 === 1;
}

function add(set: number, i: number): number {
  return has(set, i) ? set : set + 2 ** i;
}
