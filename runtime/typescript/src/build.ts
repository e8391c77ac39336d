/** JSON as values. */

import { stringText } from "./json-string.js";
import { Decimal, integerOf, numberOf } from "./number.js";
import { RawJson } from "./raw-json.js";
import { isInteger, Scanner } from "./scanner.js";

/**
 * A JSON value. Whole numbers beyond 2^53 are bigints, other numbers that JavaScript cannot hold are {@link Decimal}s; what is
 * nested more than 1,000 levels deep is {@link RawJson}.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | Decimal
  | RawJson
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Deeper values are not built: whoever walks them, if only to log them, would run out of stack. */
const MAX_DEPTH = 1000;

/** An object or array that is not closed yet; `key` is what its next value goes under. */
type Open = { readonly object: Record<string, JsonValue>; key: string } | { readonly array: JsonValue[] };

/** The value of a well-formed JSON text. */
export function build(raw: string): JsonValue {
  const scanner = new Scanner(raw);
  const stack: Open[] = [];
  for (;;) {
    // Here a value is due.
    scanner.space();
    let value: JsonValue;
    const opened = stack.length < MAX_DEPTH ? open(scanner) : undefined;
    if (opened === undefined) value = leaf(scanner);
    else if (scanner.close(kindOf(opened))) value = contents(opened);
    else {
      stack.push(opened);
      readKey(scanner, opened);
      continue;
    }
    // Here it has ended, and perhaps what it stands in.
    for (;;) {
      const parent = stack.at(-1);
      if (parent === undefined) return value;
      add(parent, value);
      if (scanner.comma()) {
        readKey(scanner, parent);
        break;
      }
      scanner.close(kindOf(parent));
      value = contents(parent);
      stack.pop();
    }
  }
}

function open(scanner: Scanner): Open | undefined {
  const what = scanner.open();
  if (what === undefined) return undefined;
  return what === "object" ? { object: {}, key: "" } : { array: [] };
}

function kindOf(opened: Open): "object" | "array" {
  return "array" in opened ? "array" : "object";
}

function contents(opened: Open): JsonValue {
  return "array" in opened ? opened.array : opened.object;
}

function readKey(scanner: Scanner, opened: Open): void {
  if ("object" in opened) opened.key = stringText(scanner.member() ?? "");
}

function add(opened: Open, value: JsonValue): void {
  if ("array" in opened) opened.array.push(value);
  else setOwn(opened.object, opened.key, value);
}

/** A value that holds no others, or that is as deep as values go. */
function leaf(scanner: Scanner): JsonValue {
  const start = scanner.at;
  scanner.value();
  const raw = scanner.body.slice(start, scanner.at);
  switch (raw.charAt(0)) {
    case '"':
      return stringText(raw);
    case "t":
      return true;
    case "f":
      return false;
    case "n":
      return null;
    case "{":
    case "[":
      return new RawJson(raw);
    default:
      return isInteger(raw) && raw !== "-0" ? (integerOf(raw) ?? new Decimal(raw)) : numberOf(raw);
  }
}

/** Sets a property of the object itself, whatever its name: assigning to `__proto__` would set the prototype. */
export function setOwn<T>(object: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
  } else {
    object[key] = value;
  }
}
