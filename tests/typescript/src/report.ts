/** What an error says, in the form of the command. */
import { isDeepStrictEqual } from "node:util";
import type { AnyApiError, Backoff, Repeat } from "../../../generated/typescript/vivix-errors/index.js";
import { plain } from "./exact.js";

/** What `errbook decode` would print. */
export function report(error: AnyApiError, now: string): unknown {
  const own = repeating(error.alone, now);
  const all = repeating(error, now);
  return withoutNothing({
    outcome: error.outcome,
    code: error.rawCode,
    cause: error.knownCause,
    status: error.status,
    message: error.serverMessage,
    request_id: error.requestId,
    ...all,
    remediation: error.remediation,
    alone: isDeepStrictEqual(own, all) ? undefined : withoutNothing(own),
    fields: plain({ ...error.fields, ...error.details }),
    errors: error.otherErrors.map((other) => report(other, now)),
    notes: error.notes,
  });
}

/** What it says of repeating. */
function repeating(error: AnyApiError, now: string): object {
  const delay = error.toldDelay(new Date(now));
  return {
    retry: error.retry,
    delay_seconds: delay === undefined ? undefined : delay / 1000,
    backoff: delay === undefined && error.backoff ? backoff(error.backoff) : undefined,
    when: error.condition,
    action: error.action,
    repeat: error.repeat && repeat(error.repeat),
  };
}

function backoff({ initialMs, factor, maxMs }: Backoff): unknown {
  return { initial_seconds: initialMs / 1000, factor, max_seconds: maxMs / 1000 };
}

function repeat(rule: Repeat): unknown {
  if (rule.kind === "safe") return "safe";
  return { [rule.kind]: "header" in rule ? rule.header : rule.what };
}

/** An object without what is null or empty, as vectors have it. */
export function withoutNothing(object: object): unknown {
  const isNothing = (value: unknown) =>
    value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !isNothing(value)));
}
