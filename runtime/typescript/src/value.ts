/** Typed values of an error response. */

import { build, setOwn, type JsonValue } from "./build.js";
import { isPath, scalarText, type Document, type Said } from "./document.js";
import { readForm } from "./form.js";
import { items } from "./json.js";
import { stringText } from "./json-string.js";
import { integerOf, numberOf, type Decimal } from "./number.js";
import { isInteger, numberEnd } from "./scanner.js";
import type { Field, Form, Kind, Place } from "./table.js";

/**
 * A value as a response holds it, checked against the type of its field. An integer is a bigint where no number holds it
 * exactly.
 */
export type Value = string | number | bigint | boolean | Decimal | Date | JsonValue | readonly Value[];

/** Values by the names of their fields. Each is there only where it was sent and is of its type. */
export interface Values {
  readonly [name: string]: Value;
}

/** The values of these fields, those that were sent and are of their type: each the first of its places that holds one. */
export function valuesOf(fields: readonly Field[] | undefined, document: Document, said: Said): Values {
  const out: Record<string, Value> = {};
  if (fields === undefined) return out;
  document.read(fields.flatMap(([, at]) => at));
  for (const [name, at, kind] of fields) {
    const value = firstOf(at, (place) => valueAt(place, kind, document, said));
    if (value !== undefined) setOwn(out, name, value);
  }
  return out;
}

function valueAt(place: Place, kind: Kind, document: Document, said: Said): Value | undefined {
  const slot = document.slot(place, said);
  if (isPath(place)) return slot !== undefined && "json" in slot ? typed(slot.json, kind) : undefined;
  const text = scalarText(slot);
  return text === undefined ? undefined : typedText(text, kind);
}

function firstOf<T, U>(all: readonly T[], of: (one: T) => U | undefined): U | undefined {
  for (const one of all) {
    const found = of(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A JSON value, where it is of this kind. */
function typed(raw: string, kind: Kind): Value | undefined {
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
    case "any":
      return first === "n" ? undefined : build(raw);
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

/** Text that stands by itself (in a header, as a whole body, as a part of another), where it is of this kind. */
function typedText(text: string, kind: Kind): Value | undefined {
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
    case "any":
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
