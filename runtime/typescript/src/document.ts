/** A response, or one of several errors in it, as something to look values up in. */

import { collect, type Collected, type Keep } from "./collect.js";
import { isBlank, MAX_PATHS, scan, type Path } from "./json.js";
import { stringText } from "./json-string.js";
import { isInteger, skipBom } from "./scanner.js";
import type { Cut, Place, Step } from "./table.js";

/** What stands at a place: JSON text of the body, text by itself (of a header, of the whole body, cut out), or nothing. */
export type Slot = { readonly json: string } | { readonly text: string } | undefined;

/** Where an error has its own code and message, and where it stands itself. */
export interface Said {
  /** The parts of the code, the coarsest first. */
  readonly code: readonly Slot[];
  readonly message: Slot;
  /** The JSON Pointer of one of several errors. */
  readonly path: string | undefined;
}

/** Headers and body of a response, or one of several errors in it. What was looked for once is known. */
export class Document {
  /** By the keys of the path, which tables write anew for each place. */
  private readonly found = new Map<string, Slot>();
  private isJson: boolean | undefined;
  private blank: boolean | undefined;
  private whole: Slot;
  /** Parts of what the body as a whole tells, and answers about it, for all errors that ask. */
  private readonly cuts = new Map<Place, Slot>();
  private readonly answers = new Map<unknown, boolean>();

  constructor(
    private readonly headers: Headers,
    private readonly json: string,
    /** The response, for one of several errors in it. */
    private readonly response?: Document,
  ) {}

  /** One of several errors: the one that this JSON of the body tells. */
  within(json: string | undefined): Document {
    return json === undefined ? this : new Document(this.headers, json, this);
  }

  get isBlank(): boolean {
    return (this.blank ??= isBlank(this.json));
  }

  /** The answer to a question about the body as a whole: asked once, however many errors ask. */
  once(question: unknown, ask: (response: Document) => boolean): boolean {
    const response = this.response ?? this;
    let answer = response.answers.get(question);
    if (answer === undefined) response.answers.set(question, (answer = ask(response)));
    return answer;
  }

  /** What `keep` makes of the values where several errors can stand; undefined where the body is no JSON. */
  several<T>(at: readonly Step[], keep: Keep<T>): Collected<T> | undefined {
    return collect(this.json, at, keep);
  }

  /** Looks for these places in one pass over the body, and tells whether it should have been JSON for them and is not. */
  read(places: readonly Place[]): boolean {
    const paths = places.map(pathOf).filter((path) => path !== undefined);
    this.find(paths);
    return paths.length > 0 && this.isJson === false && !this.isBlank;
  }

  /** What stands at one place; `said` is where the error has its code and message. */
  slot(place: Place, said?: Said): Slot {
    if (isPath(place)) return this.at(place);
    if (place === "message") return said?.message;
    if (place === "path") return asSlot(said?.path);
    if (place === "code") return asSlot(said && codeText(said.code));
    if (place === "body") return (this.response ?? this).text();
    if (typeof place === "string") return asSlot(headerOf(this.headers, place.slice("header:".length)));
    if ("whole" in place) return (this.response ?? this).at(place.whole);
    if (!isOfWhole(place)) return this.cut(place, said);
    const response = this.response ?? this;
    if (!response.cuts.has(place)) response.cuts.set(place, response.cut(place));
    return response.cuts.get(place);
  }

  private cut(place: Cut, said?: Said): Slot {
    const text = scalarText(this.slot(place.of, said));
    return asSlot(text === undefined ? undefined : cut(place, text));
  }

  private text(): Slot {
    return this.isBlank ? undefined : (this.whole ??= { text: trimBody(this.json) });
  }

  private at(path: Path): Slot {
    const key = keyOf(path);
    if (!this.found.has(key)) this.find([path]);
    return this.found.get(key);
  }

  /** Looks for what was not looked for yet, as many paths in one pass over the body as it can hold. */
  private find(wanted: readonly Path[]): void {
    const unknown = new Map<string, Path>();
    for (const path of wanted) {
      const key = keyOf(path);
      if (!this.found.has(key)) unknown.set(key, path);
    }
    const paths = [...unknown];
    for (let start = 0; start < paths.length; start += MAX_PATHS) {
      const some = paths.slice(start, start + MAX_PATHS);
      const raws = this.isJson === false ? undefined : scan(this.json, some.map(([, path]) => path));
      this.isJson = raws !== undefined;
      some.forEach(([key], i) => {
        const json = raws?.[i];
        this.found.set(key, json === undefined ? undefined : { json });
      });
    }
  }
}

/** The value of a header. The fetch of Node leaves white space behind it, which is no part of it (RFC 9110, section 5.5). */
function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers.get(name) ?? undefined;
  if (value === undefined) return undefined;
  let end = value.length;
  while (end > 0 && (value[end - 1] === " " || value[end - 1] === "\t")) end--;
  return value.slice(0, end);
}

/** The values in the text of a header that was sent several times, as by a server and by the proxy before it. */
export function eachValue(text: string): string[] {
  return text.split(",").map((value) => (value.startsWith(" ") ? value.slice(1) : value));
}

/** Whether a place is a header. */
export function isHeader(place: Place): boolean {
  return typeof place === "string" && place.startsWith("header:");
}

const keys: WeakMap<Path, string> = new WeakMap();

/** The keys of a path as one text, in which `["a/b"]` and `["a", "b"]` differ. */
function keyOf(path: Path): string {
  let key = keys.get(path);
  if (key === undefined) {
    key = JSON.stringify(path);
    keys.set(path, key);
  }
  return key;
}

/** The path that a place needs the JSON of the error to be read for. */
export function pathOf(place: Place): Path | undefined {
  if (isPath(place)) return place;
  return typeof place === "object" && "of" in place ? pathOf(place.of) : undefined;
}

/** Whether what stands at a place is told by the body as a whole, so that it is the same for each of several errors in it. */
export function isOfWhole(place: Place): boolean {
  if (place === "body") return true;
  return typeof place === "object" && !isPath(place) && ("whole" in place || isOfWhole(place.of));
}

/** Whether a place is in the JSON of the error. */
export function isPath(place: Place): place is Path {
  return Array.isArray(place);
}

function asSlot(text: string | undefined): Slot {
  return text === undefined ? undefined : { text };
}

/** The part of a text, or what stands in the JSON that it is. */
function cut({ after, before, json }: Cut, text: string): string | undefined {
  const part = partOf(text, after, before);
  if (json === undefined || part === undefined) return part;
  const raw = scan(part, [json])?.[0];
  return raw === undefined ? undefined : scalarText({ json: raw });
}

function partOf(text: string, after = "", before = ""): string | undefined {
  const found = text.indexOf(after);
  if (found < 0) return undefined;
  const start = found + after.length;
  const end = before === "" ? -1 : text.indexOf(before, start);
  const part = trim(text, start, end < 0 ? text.length : end);
  return part === "" ? undefined : part;
}

/** The body without byte order mark and without white space around it. */
function trimBody(body: string): string {
  return trim(body, skipBom(body), body.length);
}

/** `text` from `start` to `end` without white space around it. */
function trim(text: string, start: number, end: number): string {
  const isBlank = (at: number) => " \t\n\r".includes(text.charAt(at));
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
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

/** The parts of a code as sent. */
export function codeParts(code: readonly Slot[]): string[] {
  const parts = code.map(textOf);
  const end = parts.indexOf(undefined);
  return (end < 0 ? parts : parts.slice(0, end)) as string[];
}

/** A code as sent, its parts joined by `/`. */
export function codeText(code: readonly Slot[]): string | undefined {
  return textOf(code[0]) === undefined ? undefined : codeParts(code).join("/");
}

/** Whether it is text. */
export function isText(slot: Slot): boolean {
  return slot !== undefined && ("text" in slot || slot.json.startsWith('"'));
}

/** Whether it is text or a whole number. */
export function isTextOrInteger(slot: Slot): boolean {
  return isText(slot) || (slot !== undefined && "json" in slot && isInteger(slot.json));
}
