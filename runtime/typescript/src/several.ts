/** Several errors in one response: lists, trees and chains. */

import { holdsAll } from "./condition.js";
import { readContents, type Decoded } from "./decode.js";
import { pathOf, type Document } from "./document.js";
import { hasConditions, identify } from "./identify.js";
import type { Api, Place, Several } from "./table.js";

/**
 * Reads each of several errors; what has neither a code nor a message is none. The response notes whether these are all.
 * Undefined where the body is no JSON.
 */
export function readSeveral({ at, shape }: Several, document: Document, response: Decoded): readonly Decoded[] | undefined {
  const places = [...(shape.code?.[0] ?? []), ...(shape.message ?? [])];
  const collected = document.several(at, (json, path) => {
    if (!places.some((place) => mayHold(json, place))) return undefined;
    const within = document.within(json);
    const { decoded } = readContents(shape, within);
    decoded.json = json;
    decoded.path = path;
    decoded.shape = response.shape;
    decoded.status ??= response.status;
    const isError = decoded.code[0] !== undefined || decoded.message !== undefined;
    return isError && holdsAll(shape.gate, within, decoded) ? decoded : undefined;
  });
  response.tooManyErrors = collected?.all === false;
  return collected?.found;
}

/** Whether something can stand at a place: most of what a deep step leads to is seen at a glance to be no error. */
function mayHold(json: string, place: Place): boolean {
  const key = pathOf(place)?.[0];
  if (key === undefined) return true;
  if (!json.startsWith("{") && !json.startsWith("[")) return false;
  // A key can be written with escapes, and an index is not written at all.
  return key === "*" || /^\d/.test(key) || json.includes(key) || json.includes("\\");
}

/** Identifies each of `errors`, and puts the primary one of all before the others. */
export function settle(
  api: Api,
  primary: Several["primary"],
  response: Decoded,
  errors: readonly Decoded[],
  document: Document,
): Decoded {
  for (const error of errors) identify(api, document.within(error.json), false, error);
  // What the response says of itself is an error of its own where more than the status tells it.
  const isTold = response.code[0] !== undefined || hasConditions(api, response.row);
  const all = isTold || errors.length === 0 ? [response, ...errors] : errors;
  const index = indexOfPrimary(primary, all);
  const chosen = all[index] ?? response;
  chosen.tooManyErrors = response.tooManyErrors;
  chosen.message ??= response.message;
  chosen.remediation ??= response.remediation;
  chosen.requestId ??= response.requestId;
  chosen.others = all.filter((_, i) => i !== index);
  for (const other of chosen.others) other.isOther = true;
  return chosen;
}

/** One that is listed goes before one that is not. */
function indexOfPrimary(primary: Several["primary"], errors: readonly Decoded[]): number {
  const listed = errors.flatMap(({ row }, i) => (row === undefined ? [] : [i]));
  return primary === "first" ? (listed[0] ?? 0) : (listed.at(-1) ?? errors.length - 1);
}
