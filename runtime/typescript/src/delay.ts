/** The delay that a response tells. */

import { isHeader, isPresent, scalarText, type Document, type Said } from "./document.js";
import { divide, msOf, readForm, type Told } from "./form.js";
import type { Computed, Delay, Form, Place, Timing } from "./table.js";

/** What sources of a delay told. */
export interface Heard {
  /** The wait in milliseconds; undefined where nothing was told, or what was told is past. */
  readonly wait: number | undefined;
  /** Whether a source was there and not well formed. */
  readonly unreadable: boolean;
}

/** Nothing. */
export const SILENCE: Heard = { wait: undefined, unreadable: false };

/** What all of them told: the longest wait. */
export function longest(all: readonly Heard[]): Heard {
  return all.reduce(
    (one, other) => ({
      wait: Math.max(one.wait ?? 0, other.wait ?? 0) || undefined,
      unreadable: one.unreadable || other.unreadable,
    }),
    SILENCE,
  );
}

/** Asks sources in order; the first that is there and well formed counts. */
export function hear(sources: readonly Delay[], document: Document, said: Said, now: number): Heard {
  return new Listener(document, said, now).hear(sources);
}

/** What one source told: a wait in milliseconds, 0 where it is past; null where it is not well formed; undefined where it is absent. */
type Source = number | null | undefined;

/** Which of several values counts. */
type Order = typeof LONGEST | typeof SHORTEST;
const LONGEST = 1;
const SHORTEST = -1;

class Listener {
  private unreadable = false;

  constructor(
    private readonly document: Document,
    private readonly said: Said,
    private readonly now: number,
  ) {}

  hear(sources: readonly Delay[]): Heard {
    const misread = new Set<string>();
    for (const source of sources) {
      // As text, since tables write a place anew for each source.
      const place = isTiming(source) ? JSON.stringify(source[0]) : undefined;
      const wait = this.ask(source);
      if (wait === null && place !== undefined) misread.add(place);
      else if (wait === null) this.unreadable = true;
      else if (wait !== undefined) {
        // What stands there was only written in another of the forms that are listed for it.
        if (place !== undefined) misread.delete(place);
        return { wait: wait || undefined, unreadable: this.unreadable || misread.size > 0 };
      }
    }
    return { wait: undefined, unreadable: this.unreadable || misread.size > 0 };
  }

  private ask(source: Delay): Source {
    if (typeof source === "number") return source;
    if ("of" in source) return this.compute(source);
    if ("longest" in source) return this.longest(source.longest);
    const text = this.text(source[0]);
    if (text === undefined) return undefined;
    const told = this.read(source, text, LONGEST);
    return told === undefined ? null : waitOf(msOf(told, this.now));
  }

  private longest(sources: readonly Delay[]): Source {
    const told = sources.map((source) => this.ask(source));
    this.unreadable ||= told.includes(null);
    const waits = told.filter((wait) => typeof wait === "number");
    return waits.length === 0 ? undefined : Math.max(...waits);
  }

  private compute({ of, minus, per }: Computed): Source {
    const value = this.text(of[0]);
    const less = minus === undefined ? null : this.text(minus[0]);
    const rate = per === undefined ? null : this.text(per);
    if (value === undefined || less === undefined || rate === undefined) return undefined;
    const told = this.read(of, value, LONGEST);
    const ms = told && (minus === undefined ? msOf(told, this.now) : difference(told, this.read(minus, less, SHORTEST)));
    return waitOf(per === undefined ? ms : quotient(ms, rate));
  }

  /** Of the values of a header that was sent several times the one counts after which nobody comes back too early. */
  private read([at, form]: Timing, text: string | null, order: Order): Told | undefined {
    if (text === null) return undefined;
    const told = readForm(form, text);
    if (told !== undefined || !isHeader(at)) return told;
    const ms = (value: Told) => order * msOf(value, this.now);
    return allTold(form, text)?.reduce((one, other) => (ms(other) > ms(one) ? other : one));
  }

  /** The text at a place, null where something else stands; undefined where nothing does. */
  private text(at: Place): string | null | undefined {
    const slot = this.document.slot(at, this.said);
    return isPresent(slot) ? (scalarText(slot) ?? null) : undefined;
  }
}

function isTiming(source: Delay): source is Timing {
  return Array.isArray(source);
}

function waitOf(ms: number | undefined): Source {
  return ms === undefined ? null : Math.max(ms, 0);
}

/** All that a header tells that was sent several times, as by a server and by the proxy before it; undefined where one of them is not well formed. */
function allTold(form: Form, text: string): Told[] | undefined {
  const pieces = text.split(",");
  const all: Told[] = [];
  let from = 0;
  const told = (length: number) => readForm(form, pieces.slice(from, from + length).join(",").replace(/^ /, ""));
  while (from < pieces.length) {
    let length = 1;
    // An HTTP-date has a comma within.
    const one = told(length) ?? told(++length);
    if (one === undefined) return undefined;
    all.push(one);
    from += length;
  }
  return all;
}

/** The milliseconds from one instant to another, or by which one delay is longer. */
function difference(of: Told, minus: Told | undefined): number | undefined {
  if (minus === undefined) return undefined;
  if ("delay" in of) return "delay" in minus ? of.delay - minus.delay : undefined;
  return "instant" in minus ? of.instant - minus.instant : undefined;
}

/** What is past stays so, whatever the rate, if only it is one. */
function quotient(ms: number | undefined, rate: string | null): number | undefined {
  if (ms === undefined || rate === null) return undefined;
  const divided = divide(Math.max(ms, 1), rate);
  return ms > 0 ? divided : divided && ms;
}
