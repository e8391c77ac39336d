/** Typed values of an error response. */

import { build, type JsonValue } from "./build.js";
import { readForm } from "./form.js";
import { isInteger, items, numberEnd, stringText } from "./json.js";
import { integerOf, numberOf, type Decimal } from "./number.js";
import type { Form, Kind } from "./table.js";

/**
 * A value as a response holds it, checked against the type of its field. An integer is a bigint where no number holds it
 * exactly.
 */
export type Value = string | number | bigint | boolean | Decimal | Date | JsonValue | readonly Value[];

/** Values by the names of their fields. Each is there only where it was sent and is of its type. */
export interface Values {
  readonly [name: string]: Value;
}

/** A JSON value, where it is of this kind. */
export function typed(raw: string, kind: Kind): Value | undefined {
  const first = raw.charAt(0);
  switch (kind) {
    case "string":
      return first === '"' ? stringText(raw) : undefined;
    case "integer":
      return isInteger(raw) ? integerOf(raw) : undefined;
    case "number":
      return isNumber(first) ? numberOf(raw) : undefined;
    case "boolean":
      return first === "t" || first === "f" ? first === "t" : undefined;
    case "object":
      return first === "{" ? build(raw) : undefined;
  }
  if (kind[0] === "list") return first === "[" ? list(raw, kind[1]) : undefined;
  if (first === '"') return instant(stringText(raw), kind[1]);
  return isNumber(first) ? instant(raw, kind[1]) : undefined;
}

function list(raw: string, of: Kind | undefined): readonly Value[] | undefined {
  const out: Value[] = [];
  for (const item of items(raw)) {
    const value = of === undefined ? build(item) : typed(item, of);
    if (value === undefined) return undefined;
    out.push(value);
  }
  return out;
}

/** The text of a header or of a whole body, where it is of this kind. */
export function typedText(text: string, kind: Kind): Value | undefined {
  switch (kind) {
    case "string":
      return text;
    case "integer":
      return isInteger(text) ? integerOf(text) : undefined;
    case "number":
      return numberEnd(text, 0) === text.length ? numberOf(text) : undefined;
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : undefined;
    case "object":
      return undefined;
  }
  return kind[0] === "timestamp" ? instant(text, kind[1]) : undefined;
}

function isNumber(first: string): boolean {
  return first === "-" || (first >= "0" && first <= "9");
}

// The years 0 to 9999, which are those that text can give.
const FIRST_INSTANT = -62_167_219_200_000;
const LAST_INSTANT = 253_402_300_799_999;

function instant(text: string, form: Form): Date | undefined {
  const told = readForm(form, text);
  if (told === undefined || !("instant" in told)) return undefined;
  return told.instant >= FIRST_INSTANT && told.instant <= LAST_INSTANT ? new Date(told.instant) : undefined;
}
