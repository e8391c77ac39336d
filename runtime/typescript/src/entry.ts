/** What the catalog says of an error, by what it was decoded to. */

import type { Decoded } from "./decode.js";
import { covers, NONE, type Api, type Cause, type More, type Retry, type Status, type Statuses } from "./table.js";
import type { RepeatRule, StatusRange } from "./table.js";

/** What only some rows have, of this one. */
export function moreOf(api: Api, row: number | undefined): More | undefined {
  return api.more[api.rows[row ?? NONE]?.[5] ?? NONE];
}

/** What a row says of its statuses. */
export function statusesOf(api: Api, row: number | undefined): Statuses {
  return api.statusSets[api.rows[row ?? NONE]?.[1] ?? NONE] ?? null;
}

/** The first of the statuses that an error is documented with. */
export function documentedStatus(api: Api, { row }: Decoded): StatusRange | undefined {
  const statuses = statusesOf(api, row);
  return Array.isArray(statuses) ? (statuses as readonly StatusRange[])[0] : undefined;
}

/** The cause that it tells. */
export function causeOf(api: Api, { row, cause }: Decoded): Cause | undefined {
  return moreOf(api, row)?.causes?.[cause ?? NONE];
}

/**
 * What the catalog says of its status alone: the entry of the status, else of its class. Where there was no status, the first
 * that the error is documented with counts.
 */
export function statusOf(api: Api, decoded: Decoded): Status | undefined {
  const { status, ownStatus, json } = decoded;
  // A success that carries errors tells nothing of them by its status.
  const isOfSuccess = json !== undefined && !ownStatus && status !== undefined && status < 400;
  const wanted = (isOfSuccess ? undefined : status) ?? documentedStatus(api, decoded);
  if (wanted === undefined || decoded.outcome === "not_error") return undefined;
  const fitting = api.statuses.filter(({ range }) => covers(range, wanted));
  return fitting.reduce<Status | undefined>(
    (best, entry) => (best === undefined || width(entry.range) < width(best.range) ? entry : best),
    undefined,
  );
}

function width(range: StatusRange): number {
  return typeof range === "number" ? 0 : range[1] - range[0];
}

/** The index of the retry rule of the cause, the error or the status. */
export function ruleIndex(api: Api, decoded: Decoded): number {
  const candidates = [
    causeOf(api, decoded)?.retry,
    api.rows[decoded.row ?? NONE]?.[4],
    statusOf(api, decoded)?.retry,
  ];
  return candidates.find((index) => index !== undefined && index !== NONE) ?? NONE;
}

/** What a repeat does after the cause, the error or the status, else after anything of the API. */
export function repeatOf(api: Api, decoded: Decoded): RepeatRule | undefined {
  const ofError = causeOf(api, decoded)?.repeat ?? moreOf(api, decoded.row)?.repeat;
  return ofError ?? statusOf(api, decoded)?.repeat ?? api.repeat;
}

/** That rule. */
export function ruleOf(api: Api, decoded: Decoded): Retry | undefined {
  return api.retries[ruleIndex(api, decoded)];
}
