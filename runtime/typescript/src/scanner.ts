/**
 * A cursor over JSON text: single values, checked and skipped. Depth costs one bit a level, never the stack.
 *
 * The grammar is RFC 8259, with a tolerance that real servers need: bare control characters are allowed inside strings.
 */

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

/** Steps over JSON. Each method that answers a boolean says whether the text was well formed, unless it says otherwise. */
export class Scanner {
  /** The index of the next character. */
  at: number;

  constructor(readonly body: string) {
    this.at = skipBom(body);
  }

  /** The character code that is next, NaN at the end. */
  private peek(): number {
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

  private take(char: number): boolean {
    if (this.peek() !== char) return false;
    this.at++;
    return true;
  }

  /** Skips a comma, and tells whether there was one. */
  comma(): boolean {
    this.space();
    return this.take(COMMA);
  }

  /** Skips the opening bracket that is next, and tells of what; undefined where none is. */
  open(): "object" | "array" | undefined {
    if (this.take(OPEN_OBJECT)) return "object";
    return this.take(OPEN_ARRAY) ? "array" : undefined;
  }

  /** Skips the closing bracket of an object or array. */
  close(what: "object" | "array"): boolean {
    this.space();
    return this.take(what === "object" ? CLOSE_OBJECT : CLOSE_ARRAY);
  }

  /** Whether nothing but white space is left. */
  isAtEnd(): boolean {
    this.space();
    return this.at === this.body.length;
  }

  /** Skips the key of a member and the colon behind it; the key with its quotes, undefined where it is not well formed. */
  member(): string | undefined {
    this.space();
    const start = this.at;
    if (!this.string()) return undefined;
    const key = this.body.slice(start, this.at);
    this.space();
    return this.take(COLON) ? key : undefined;
  }

  /** Reads the members of an object; `value` reads the value of each, given its key with its quotes. */
  object(value: (key: string) => boolean): boolean {
    if (this.close("object")) return true;
    do {
      const key = this.member();
      if (key === undefined || !value(key)) return false;
    } while (this.comma());
    return this.close("object");
  }

  /** Reads the items of an array; `value` reads each, given its index. */
  array(value: (index: number) => boolean): boolean {
    if (this.close("array")) return true;
    let index = 0;
    do {
      if (!value(index++)) return false;
    } while (this.comma());
    return this.close("array");
  }

  /** Skips one value. */
  value(): boolean {
    this.space();
    const c = this.peek();
    return c === OPEN_OBJECT || c === OPEN_ARRAY ? this.container() : this.scalar();
  }

  private container(): boolean {
    const open = new Nesting();
    for (;;) {
      // Here a value is due.
      this.space();
      const what = this.open();
      if (what !== undefined) {
        open.push(what);
        if (!this.close(what)) {
          if (what === "object" && this.member() === undefined) return false;
          continue;
        }
        open.pop();
      } else if (!this.scalar()) return false;
      // Here a value, or an empty container, has ended.
      if (!this.leave(open)) return false;
      if (open.depth === 0) return true;
    }
  }

  /** Closes what ends here, up to the next value that is due, if any container is left open for it. */
  private leave(open: Nesting): boolean {
    for (; open.depth > 0; open.pop()) {
      const what = open.top();
      if (this.comma()) return what === "array" || this.member() !== undefined;
      if (!this.close(what)) return false;
    }
    return true;
  }

  /** Skips a string, number or word. */
  scalar(): boolean {
    switch (this.peek()) {
      case QUOTE:
        return this.string();
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

  private string(): boolean {
    if (!this.take(QUOTE)) return false;
    while (this.at < this.body.length) {
      const c = this.peek();
      this.at++;
      if (c === QUOTE) return true;
      if (c === BACKSLASH && !this.escape()) return false;
    }
    return false;
  }

  /** Skips what follows a backslash. */
  private escape(): boolean {
    if (this.peek() === LOWER_U) {
      const hex = this.body.slice(this.at + 1, this.at + 5);
      this.at += 5;
      return /^[0-9a-fA-F]{4}$/.test(hex);
    }
    const char = this.body.charAt(this.at);
    this.at++;
    return char !== "" && '"\\/bfnrt'.includes(char);
  }
}

/** The kinds of the containers that are open, a bit each. */
class Nesting {
  depth = 0;
  private bits = 0;
  private readonly below: number[] = [];

  push(what: "object" | "array"): void {
    if (this.depth > 0 && this.depth % 32 === 0) this.below.push(this.bits);
    this.bits = (this.bits << 1) | (what === "object" ? 1 : 0);
    this.depth++;
  }

  pop(): void {
    this.depth--;
    this.bits >>>= 1;
    if (this.depth > 0 && this.depth % 32 === 0) this.bits = this.below.pop() ?? 0;
  }

  top(): "object" | "array" {
    return (this.bits & 1) === 1 ? "object" : "array";
  }
}

/** The index of the first character that is no byte order mark. */
export function skipBom(body: string): number {
  return body.charCodeAt(0) === 0xfeff ? 1 : 0;
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
