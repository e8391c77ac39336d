/** A response as something to look values up in. */

import { isBlank, isInteger, MAX_PATHS, scan, skipBom, stringText, type Path } from "./json.js";
import type { Field, Place } from "./table.js";
import { typed, typedText, type Value } from "./value.js";

/** What stands at a place: JSON text of the body, the text of a header or of the whole body, or nothing. */
export type Slot = { readonly json: string } | { readonly text: string } | undefined;

/** How many alternatives a list of places can have. */
const MAX_ALTERNATIVES = 8;

/**
 * Headers and body of a response. The body is read once for all places that are asked for together, and what is found is kept.
 */
export class Document {
  readonly isBlank: boolean;
  /** By the keys of the path, which tables write anew for each place. */
  private readonly found = new Map<string, Slot>();
  private isJson: boolean | undefined;

  constructor(
    private readonly headers: Headers,
    private readonly body: string,
  ) {
    this.isBlank = isBlank(body);
  }

  /** What stands at each of these places, and whether the body should have been JSON for them and is not. */
  read(lists: readonly (readonly Place[])[]): { slots: Slot[][]; malformed: boolean } {
    const groups = lists.map((places) => places.slice(0, MAX_ALTERNATIVES));
    const all = groups.flat();
    this.find(all);
    return {
      slots: groups.map((places) => places.map((place) => this.slot(place))),
      malformed: all.some(isPath) && !this.isBlank && this.isJson === false,
    };
  }

  /** What stands at one place. */
  slot(place: Place): Slot {
    if (isPath(place)) {
      const key = keyOf(place);
      if (!this.found.has(key)) this.find([place]);
      return this.found.get(key);
    }
    if (place === "body") return this.isBlank ? undefined : { text: trimBody(this.body) };
    if (place === "message") return undefined;
    const text = this.headers.get(place.slice("header:".length));
    return text === null ? undefined : { text };
  }

  /** The values of these fields, those that were sent and are of their type: the first of its places that holds one. */
  fields(fields: readonly Field[]): [name: string, value: Value][] {
    this.find(fields.flatMap(([, at]) => at));
    return fields.flatMap(([name, at, kind]) => {
      for (const place of at) {
        const slot = this.slot(place);
        if (slot === undefined) continue;
        const value = "json" in slot ? typed(slot.json, kind) : typedText(slot.text, kind);
        if (value !== undefined) return [[name, value] as [string, Value]];
      }
      return [];
    });
  }

  /** Looks for what was not looked for yet, as many places in one pass over the body as it can hold. */
  private find(places: readonly Place[]): void {
    const wanted = new Map(places.filter(isPath).map((path) => [keyOf(path), path]));
    const paths = [...wanted].filter(([key]) => !this.found.has(key));
    for (let start = 0; start < paths.length; start += MAX_PATHS) {
      const some = paths.slice(start, start + MAX_PATHS);
      const raws = this.isJson === false ? undefined : scan(this.body, some.map(([, path]) => path));
      this.isJson = raws !== undefined;
      some.forEach(([key], i) => {
        const json = raws?.[i];
        this.found.set(key, json === undefined ? undefined : { json });
      });
    }
  }
}

/** The keys of a path as one text; the separator keeps `["a/b"]` and `["a", "b"]` apart. */
function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/** Whether there is a value that is not null. */
export function isPresent(slot: Slot): boolean {
  return slot !== undefined && !("json" in slot && slot.json.startsWith("n"));
}

/** The text at a slot: of a string what it says, of other JSON what is written. */
export function textOf(slot: Slot): string | undefined {
  if (slot === undefined) return undefined;
  if ("text" in slot) return slot.text;
  return isText(slot) ? stringText(slot.json) : slot.json;
}

/** The text of a string, or the text that a number or boolean is written as. */
export function scalarText(slot: Slot): string | undefined {
  return slot !== undefined && "json" in slot && "{[n".includes(slot.json.charAt(0)) ? undefined : textOf(slot);
}

/** The first that is text. */
export function firstText(slots: readonly Slot[]): Slot {
  return slots.find(isText);
}

/** The first that is text or a whole number. */
export function firstTextOrInteger(slots: readonly Slot[]): Slot {
  return slots.find((slot) => isText(slot) || (slot !== undefined && "json" in slot && isInteger(slot.json)));
}

function isText(slot: Slot): boolean {
  return slot !== undefined && ("text" in slot || slot.json.startsWith('"'));
}

function isPath(place: Place): place is Path {
  return typeof place !== "string";
}

/** The body without byte order mark and without white space around it. */
function trimBody(body: string): string {
  const isBlank = (at: number) => " \t\n\r".includes(body.charAt(at));
  let start = skipBom(body);
  let end = body.length;
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return body.slice(start, end);
}
