/** Whether a response holds what a catalog says that it holds. */

import { isOfWhole, isPresent, scalarText, type Document, type Slot, type Said } from "./document.js";
import { isInteger } from "./scanner.js";
import type { Condition, Test } from "./table.js";

/** Whether all conditions hold of an error; `said` is where it has its code and message. */
export function holdsAll(conditions: readonly Condition[] | undefined, document: Document, said: Said): boolean {
  return (conditions ?? []).every((condition) => {
    const [at, ...test] = condition;
    if (isOfWhole(at)) return document.once(condition, (response) => holds(test, response.slot(at)));
    return holds(test, document.slot(at, said));
  });
}

function holds(test: Test, slot: Slot): boolean {
  if (test[0] === "present") return isPresent(slot) === test[1];
  const text = scalarText(slot);
  // A list or an object is there, and is no text.
  return text === undefined ? test[0] === "not" && isPresent(slot) : holdsOf(test, lowerAscii, text);
}

/** Whether a test holds of a part of a code, in which case counts. */
export function holdsOfCode(test: Test, code: string): boolean {
  return holdsOf(test, (text) => text, code);
}

/** Whether a test holds of a text that is there; `fold` makes texts alike that differ only in their case. */
function holdsOf(test: Test, fold: (text: string) => string, text: string): boolean {
  switch (test[0]) {
    case "equals":
      return text === test[1];
    case "not":
      return text !== test[1];
    case "contains":
      return fold(text).includes(fold(test[1]));
    case "prefix":
      return fold(text.slice(0, test[1].length)) === fold(test[1]);
    case "pattern":
      return matches(fold(test[1]), fold(text));
    case "range":
      return isWithin(text, test[1], test[2]);
    case "present":
      return test[1];
  }
}

/** Whether `text` is a whole number from `first` to `last`. */
function isWithin(text: string, first: bigint, last: bigint): boolean {
  if (!isInteger(text)) return false;
  const isNegative = text.startsWith("-");
  let start = isNegative ? 1 : 0;
  while (text.charAt(start) === "0") start++;
  // A bound has 19 digits at most, and turning many into a bigint takes long.
  if (text.length - start > 19) return false;
  const size = BigInt(text.slice(start));
  const number = isNegative ? -size : size;
  return first <= number && number <= last;
}

/**
 * Whether `text` is `pattern` with anything for each `*`. The parts between stars are found from the left, each as early as it
 * can be, so the time is that of a search for each.
 */
export function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

/** ASCII letters in lower case, and nothing else changed: servers mean no more by "any case". */
export function lowerAscii(text: string): string {
  // The bound keeps what the engine notes for stepping back small.
  return text.replace(/[A-Z][\0-\x7f]{0,999}/g, (part) => part.toLowerCase());
}
