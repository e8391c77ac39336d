/**
 * One pass over a JSON body that notes where the wanted values stand.
 *
 * Nothing is built: a value is a piece of the body, read as text only when somebody asks for it. The grammar is RFC 8259,
 * with a tolerance that real servers need: bare control characters are allowed inside strings. Of duplicate keys the last one
 * counts. Depth costs one bit a level, never the stack: only levels that a path reaches are recursed into.
 */

/** The keys and array indices that lead to a value, outermost first; empty for the whole document. */
export type Path = readonly string[];

/** How many paths one pass can look for: the bits of a number. */
export const MAX_PATHS = 32;

/** How many segments a path may have; a longer one is never found. */
const MAX_DEPTH = 32;

/** The JSON text of one value, or undefined where there is none. */
export type Raw = string | undefined;

/**
 * Reads `body` once for what stands at each of the paths, at most {@link MAX_PATHS}. Undefined where it is not one complete
 * JSON value: what was found before that is of no use, it may be part of a document that was cut.
 */
export function scan(body: string, paths: readonly Path[]): Raw[] | undefined {
  let active = 0;
  paths.slice(0, MAX_PATHS).forEach((path, i) => {
    if (path.length <= MAX_DEPTH) active |= 1 << i;
  });
  const scanner = new Scanner(body, skipBom(body), paths);
  if (!scanner.value(active, 0)) return undefined;
  scanner.space();
  return scanner.at === body.length ? scanner.found : undefined;
}

/** Whether there is nothing but white space (and a byte order mark). */
export function isBlank(body: string): boolean {
  const scanner = new Scanner(body, skipBom(body), []);
  scanner.space();
  return scanner.at === body.length;
}

/** The index of the first character that is no byte order mark. */
export function skipBom(body: string): number {
  return body.charCodeAt(0) === 0xfeff ? 1 : 0;
}

/** The items of the JSON array `raw`; nothing where it is no array. */
export function items(raw: string): string[] {
  const out: string[] = [];
  const scanner = new Scanner(raw, 0, []);
  if (!scanner.take(OPEN_ARRAY)) return out;
  for (;;) {
    scanner.space();
    const start = scanner.at;
    if (!scanner.value(0, 0)) return out;
    out.push(raw.slice(start, scanner.at));
    scanner.space();
    if (!scanner.take(COMMA)) return out;
  }
}

/** The text of a JSON string, given with its quotes. Lone surrogates become U+FFFD. */
export function stringText(raw: string): string {
  if (!raw.includes("\\")) return raw.slice(1, -1);
  return wellFormed(JSON.parse(escapeControls(raw)) as string);
}

/** JSON.parse refuses bare control characters, and nothing else that {@link scan} let through. */
function escapeControls(raw: string): string {
  if (!/[\0-\x1f]/.test(raw)) return raw;
  let out = raw;
  for (let c = 0; c < 0x20; c++) {
    out = out.replaceAll(String.fromCharCode(c), `\\u${c.toString(16).padStart(4, "0")}`);
  }
  return out;
}

/** `text` with U+FFFD for each lone surrogate. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Where the JSON number that begins at `at` ends; undefined where none does. */
export function numberEnd(text: string, at: number): number | undefined {
  if (text.charCodeAt(at) === MINUS) at++;
  let end = digitsEnd(text, at);
  if (end === at || (end - at > 1 && text.charCodeAt(at) === ZERO)) return undefined;
  if (text.charCodeAt(end) === DOT) {
    const fraction = end + 1;
    end = digitsEnd(text, fraction);
    if (end === fraction) return undefined;
  }
  if ((text.charCodeAt(end) | 0x20) === LOWER_E) {
    let exponent = end + 1;
    const sign = text.charCodeAt(exponent);
    if (sign === MINUS || sign === PLUS) exponent++;
    end = digitsEnd(text, exponent);
    if (end === exponent) return undefined;
  }
  return end;
}

/** Where the ASCII digits that begin at `at` end. */
export function digitsEnd(text: string, at: number): number {
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c < ZERO || c > NINE) break;
  }
  return at;
}

/** Whether `text` is digits, perhaps behind a minus. */
export function isInteger(text: string): boolean {
  const start = text.startsWith("-") ? 1 : 0;
  return text.length > start && digitsEnd(text, start) === text.length;
}

const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Steps over JSON. Each method that answers a boolean says whether the text was well formed. */
export class Scanner {
  /** What stands at each of the paths, as far as it was read. */
  readonly found: Raw[];

  constructor(
    readonly body: string,
    public at: number,
    readonly paths: readonly Path[],
  ) {
    this.found = paths.map(() => undefined);
  }

  /** The character code that is next, NaN at the end. */
  peek(): number {
    return this.body.charCodeAt(this.at);
  }

  /** Skips white space. */
  space(): void {
    for (;;) {
      const c = this.peek();
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return;
      this.at++;
    }
  }

  /** Skips this character, if it is next. */
  take(char: number): boolean {
    if (this.peek() !== char) return false;
    this.at++;
    return true;
  }

  /** Reads a value whose path is a prefix of each path in `active`, a set of bits. */
  value(active: number, depth: number): boolean {
    this.space();
    const start = this.at;
    const here = active === 0 ? 0 : this.select(active, (path) => path.length === depth);
    const deeper = active & ~here;
    const first = this.peek();
    let ok: boolean;
    if (first === OPEN_OBJECT) ok = deeper === 0 ? this.skipContainer() : this.object(deeper, depth);
    else if (first === OPEN_ARRAY) ok = deeper === 0 ? this.skipContainer() : this.array(deeper, depth);
    else ok = this.scalar();
    if (ok && here !== 0) this.note(here, this.body.slice(start, this.at));
    return ok;
  }

  private select(set: number, keep: (path: Path) => boolean): number {
    let out = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const i = lowestBit(rest);
      const path = this.paths[i];
      if (path !== undefined && keep(path)) out |= 1 << i;
    }
    return out;
  }

  private note(set: number, raw: Raw): void {
    for (let rest = set; rest !== 0; rest &= rest - 1) this.found[lowestBit(rest)] = raw;
  }

  private object(active: number, depth: number): boolean {
    if (!this.take(OPEN_OBJECT)) return false;
    this.space();
    if (this.take(CLOSE_OBJECT)) return true;
    for (;;) {
      this.space();
      const start = this.at;
      if (!this.skipString()) return false;
      const key = stringText(this.body.slice(start, this.at));
      const children = this.select(active, (path) => path[depth] === key);
      // A later value under the same key replaces all that the earlier one held.
      this.note(children, undefined);
      this.space();
      if (!this.take(COLON) || !this.value(children, depth + 1)) return false;
      this.space();
      if (!this.take(COMMA)) return this.take(CLOSE_OBJECT);
    }
  }

  private array(active: number, depth: number): boolean {
    if (!this.take(OPEN_ARRAY)) return false;
    this.space();
    if (this.take(CLOSE_ARRAY)) return true;
    const wanted = this.indices(active, depth);
    for (let index = 0; ; index++) {
      if (!this.value(wanted.get(index) ?? 0, depth + 1)) return false;
      this.space();
      if (!this.take(COMMA)) return this.take(CLOSE_ARRAY);
    }
  }

  /** The array indices that the paths in `active` go on with, each with its paths: plain digits, no leading zero. */
  private indices(active: number, depth: number): ReadonlyMap<number, number> {
    const out = new Map<number, number>();
    for (let rest = active; rest !== 0; rest &= rest - 1) {
      const i = lowestBit(rest);
      const segment = this.paths[i]?.[depth] ?? "";
      const index = Number(segment);
      if (String(index) === segment) out.set(index, (out.get(index) ?? 0) | (1 << i));
    }
    return out;
  }

  /** Skips a string, number or word. */
  scalar(): boolean {
    switch (this.peek()) {
      case QUOTE:
        return this.skipString();
      case 0x74:
        return this.literal("true");
      case 0x66:
        return this.literal("false");
      case 0x6e:
        return this.literal("null");
      default: {
        const end = numberEnd(this.body, this.at);
        if (end === undefined) return false;
        this.at = end;
        return true;
      }
    }
  }

  private literal(word: string): boolean {
    if (!this.body.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private skipString(): boolean {
    if (!this.take(QUOTE)) return false;
    while (this.at < this.body.length) {
      const c = this.peek();
      this.at++;
      if (c === QUOTE) return true;
      if (c === BACKSLASH && !this.skipEscape()) return false;
    }
    return false;
  }

  /** Skips what follows a backslash. */
  private skipEscape(): boolean {
    if (this.peek() === LOWER_U) {
      const hex = this.body.slice(this.at + 1, this.at + 5);
      this.at += 5;
      return /^[0-9a-fA-F]{4}$/.test(hex);
    }
    const char = this.body.charAt(this.at);
    this.at++;
    return char !== "" && '"\\/bfnrt'.includes(char);
  }

  /** Skips an object or array that holds nothing wanted, checking its form. */
  private skipContainer(): boolean {
    const open = new Nesting();
    for (;;) {
      // Here a value is due.
      this.space();
      const first = this.peek();
      if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
        const isObject = first === OPEN_OBJECT;
        this.at++;
        this.space();
        open.push(isObject);
        if (this.peek() !== (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) {
          if (isObject && !this.key()) return false;
          continue;
        }
      } else if (!this.scalar()) return false;
      // Here a value, or the inside of an empty container, has ended.
      if (!this.leave(open)) return false;
      if (open.depth === 0) return true;
    }
  }

  /** Closes what ends here, up to the next value that is due, if any container is left open for it. */
  private leave(open: Nesting): boolean {
    while (open.depth > 0) {
      const isObject = open.isObject();
      this.space();
      if (this.take(COMMA)) {
        this.space();
        return !isObject || this.key();
      }
      if (!this.take(isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return false;
      open.pop();
    }
    return true;
  }

  private key(): boolean {
    if (!this.skipString()) return false;
    this.space();
    return this.take(COLON);
  }
}

/** The kinds of the containers that are open, a bit each. */
class Nesting {
  depth = 0;
  private top = 0;
  private readonly below: number[] = [];

  push(isObject: boolean): void {
    if (this.depth > 0 && this.depth % 32 === 0) this.below.push(this.top);
    this.top = (this.top << 1) | (isObject ? 1 : 0);
    this.depth++;
  }

  pop(): void {
    this.depth--;
    this.top >>>= 1;
    if (this.depth > 0 && this.depth % 32 === 0) this.top = this.below.pop() ?? 0;
  }

  isObject(): boolean {
    return (this.top & 1) === 1;
  }
}

function lowestBit(set: number): number {
  return 31 - Math.clz32(set & -set);
}
