/**
 * From a response to the error that it is.
 *
 * Decoding reads the body once a shape and cannot fail. What it finds are places in the response; texts are made when asked
 * for.
 */

import { holdsAll } from "./condition.js";
import { isPresent, isText, isTextOrInteger, textOf, type Document, type Slot } from "./document.js";
import { identify } from "./identify.js";
import { readSeveral, settle } from "./several.js";
import { includesStatus, isOfEvents, type Api, type Contents, type Place, type Shape } from "./table.js";
import type { Outcome } from "./vocabulary.js";

/** What a response, or one of several errors in it, turned out to be. */
export interface Decoded {
  outcome: Outcome;
  /** Index of the row. */
  row: number | undefined;
  /** Index of the cause among those of the row. */
  cause: number | undefined;
  /** The shape of the response, whichever of its errors this is. */
  shape: Shape | undefined;
  /** The error's own status, else the response's. */
  status: number | undefined;
  /** Whether that status is its own. */
  ownStatus: boolean;
  /** The JSON of one of several errors; undefined for what the whole body tells. */
  json: string | undefined;
  /** The JSON Pointer to there. */
  path: string | undefined;
  /** The parts of the code, the coarsest first; what comes after one that is missing does not count. */
  code: readonly Slot[];
  message: Slot;
  remediation: Slot;
  requestId: Slot;
  unreadableCode: boolean;
  /** Whether the code's first parts are listed, and the whole of it is not. */
  unlistedPart: boolean;
  /** Whether the response has more errors than are looked at. */
  tooManyErrors: boolean;
  /** The other errors of the response. */
  others: readonly Decoded[];
  /** Whether this is one of those others. */
  isOther: boolean;
}

/** Decodes a response: its status (undefined where there was none), headers and body. */
export function decode(api: Api, status: number | undefined, document: Document): Decoded {
  const { decoded, errors, malformed } = chooseShape(api, status, document);
  if (decoded.shape === undefined && mustBeClaimed(api, status)) return { ...decoded, outcome: "not_error" };
  identify(api, document, malformed, decoded);
  const several = decoded.shape?.errors;
  return several === undefined ? decoded : settle(api, several.primary, decoded, errors, document);
}

/** What one shape makes of a response. */
interface Choice {
  readonly decoded: Decoded;
  /** The several errors in it, which are not identified yet. */
  readonly errors: readonly Decoded[];
  /** Whether the body should have been JSON and is not. */
  readonly malformed: boolean;
}

/** The first shape that yields a code, else the first that yields a message, else the first that fits the status. */
function chooseShape(api: Api, status: number | undefined, document: Document): Choice {
  let best: (Choice & { readonly rank: number }) | undefined;
  let anyMalformed = false;
  for (const shape of api.shapes.filter((shape) => carries(api, shape, status))) {
    const choice = readResponse(shape, status, document);
    const { decoded, errors, malformed } = choice;
    anyMalformed ||= malformed;
    const all = [decoded, ...errors];
    const hasCode = all.some(({ code }) => code[0] !== undefined);
    // A success that can carry errors is one where it carries none.
    const gated = !isEmpty(shape.gate) && !malformed && shape.errors === undefined;
    const claimed = hasCode || gated || errors.length > 0;
    if (!holdsAll(shape.gate, document, decoded) || (mustBeClaimed(api, status) && !claimed)) continue;
    if (hasCode) return choice;
    const rank = all.some(({ message }) => message !== undefined) ? 1 : 0;
    if (best === undefined || rank > best.rank) best = { ...choice, rank };
  }
  return best ?? { decoded: nothing(status), errors: [], malformed: anyMalformed };
}

/**
 * Whether a response is an error only where a shape says so: one below 400; and what is no response, where the catalog says
 * what errors look like there.
 */
function mustBeClaimed(api: Api, status: number | undefined): boolean {
  return status === undefined ? hasEvents(api) : status < 400;
}

function hasEvents(api: Api): boolean {
  return api.shapes.some(isOfEvents);
}

function carries(api: Api, shape: Shape, status: number | undefined): boolean {
  return status === undefined ? isOfEvents(shape) || !hasEvents(api) : includesStatus(shape.statuses, status);
}

function readResponse(shape: Shape, status: number | undefined, document: Document): Choice {
  const { decoded, malformed } = readContents(shape, document);
  decoded.shape = shape;
  decoded.status ??= status;
  if (shape.errors === undefined) return { decoded, errors: [], malformed };
  const errors = readSeveral(shape.errors, document, decoded);
  return { decoded, errors: errors ?? [], malformed: malformed || (errors === undefined && !document.isBlank) };
}

function isEmpty(list: readonly unknown[] | undefined): boolean {
  return list === undefined || list.length === 0;
}

/** How many alternatives a list of places can have. */
const MAX_ALTERNATIVES = 8;

/** Where the values of a response or of one of several errors stand, and whether it should have been JSON and is not. */
export function readContents(contents: Contents, document: Document): { decoded: Decoded; malformed: boolean } {
  const { code = [], message = [], remediation = [], requestId = [], ownStatus = [] } = contents;
  const alternatives = (places: readonly Place[]) => places.slice(0, MAX_ALTERNATIVES);
  const malformed = document.read([...code, message, remediation, requestId, ownStatus].flatMap(alternatives));
  const first = (places: readonly Place[], is: (slot: Slot) => boolean) =>
    alternatives(places)
      .map((place) => document.slot(place))
      .find(is);
  const status = statusOf(textOf(first(ownStatus, isTextOrInteger)));
  const decoded: Decoded = {
    ...nothing(status),
    ownStatus: status !== undefined,
    code: code.map((places) => first(places, isTextOrInteger)),
    message: first(message, isText),
    remediation: first(remediation, isText),
    requestId: first(requestId, isTextOrInteger),
  };
  decoded.unreadableCode = decoded.code[0] === undefined && alternatives(code[0] ?? []).some((place) => isUnreadable(place, document));
  return { decoded, malformed };
}

/** Whether something stands there that is no code. */
function isUnreadable(place: Place, document: Document): boolean {
  // Of a part of a text, the text that is none.
  const slot = document.slot(typeof place === "object" && "of" in place ? place.of : place);
  return isPresent(slot) && !isTextOrInteger(slot);
}

function nothing(status: number | undefined): Decoded {
  return {
    outcome: "no_code",
    row: undefined,
    cause: undefined,
    shape: undefined,
    status,
    ownStatus: false,
    json: undefined,
    path: undefined,
    code: [],
    message: undefined,
    remediation: undefined,
    requestId: undefined,
    unreadableCode: false,
    unlistedPart: false,
    tooManyErrors: false,
    others: [],
    isOther: false,
  };
}

function statusOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d\d$/.test(text) ? Number(text) : undefined;
}
