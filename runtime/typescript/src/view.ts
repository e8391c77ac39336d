/** What a decoded response says, read on demand. */

import { lowerAscii } from "./condition.js";
import { decode, type Decoded } from "./decode.js";
import { hear, longest, SILENCE, type Heard } from "./delay.js";
import { codeText, eachValue, isHeader, scalarText, textOf, type Document } from "./document.js";
import { causeOf, documentedStatus, moreOf, repeatOf, ruleIndex, ruleOf, statusesOf, statusOf } from "./entry.js";
import { oneLine } from "./one-line.js";
import { Came, type HeadersInput, type ResponseParts } from "./response.js";
import { DEFAULT_BACKOFF, isLonger, jittered, type Repeat } from "./retry.js";
import { includesStatus, isOfEvents, NONE, type Api, type Backoff, type RepeatRule } from "./table.js";
import { textsOf } from "./texts.js";
import { valuesOf, type Values } from "./value.js";
import { categoryOf, type Action, type Category, type Outcome, type Verdict } from "./vocabulary.js";

/** Decodes a response. */
export function viewOf(api: Api, response: ResponseParts): View {
  const came = new Came(response ?? {});
  return new View(api, came, decode(api, came.status, came.document));
}

/** Decodes what is no HTTP response; undefined where it tells no error. */
export function eventOf(
  api: Api,
  event: string | Uint8Array | ArrayBuffer | object,
  headers?: HeadersInput,
): View | undefined {
  // Any object will do for a body, whatever the type says to those who have a response.
  const view = viewOf(api, { headers, body: event as string });
  return view.outcome === "not_error" ? undefined : view;
}

/** An error of a response, and what it was decoded to. */
export class View {
  /** The error's part of the response. */
  private readonly document: Document;
  private least: Decoded | undefined;
  private ownDetails: Values | undefined;
  private allFields: Values | undefined;

  constructor(
    readonly api: Api,
    readonly came: Came,
    private readonly decoded: Decoded,
  ) {
    this.document = came.document.within(decoded.json);
  }

  /** The other errors of the same response. */
  get others(): View[] {
    return this.decoded.others.map((other) => new View(this.api, this.came, other));
  }

  /** The same error, as if it were the only one of its response. */
  get alone(): View {
    return new View(this.api, this.came, { ...this.decoded, others: [] });
  }

  /** One line for a log: `Vivix KEY_REVOKED (401): This key was revoked. [req_1]`. */
  get line(): string {
    const { rawCode, message, requestId, status } = this;
    let line = `${this.api.title} ${rawCode === undefined ? (this.code ?? "error") : oneLine(rawCode)}`;
    if (status !== undefined) line += ` (${status})`;
    if (message !== undefined) line += `: ${oneLine(message)}`;
    if (requestId !== undefined) line += ` [${oneLine(requestId)}]`;
    return line;
  }

  get outcome(): Outcome {
    return this.decoded.outcome;
  }

  /** The error's own status, else the response's. */
  get status(): number | undefined {
    return this.decoded.status;
  }

  get code(): string | undefined {
    return this.api.rows[this.decoded.row ?? NONE]?.[0];
  }

  /** The code as sent, its parts joined by `/`. */
  get rawCode(): string | undefined {
    return codeText(this.decoded.code);
  }

  get message(): string | undefined {
    return textOf(this.decoded.message);
  }

  get requestId(): string | undefined {
    return textOf(this.decoded.requestId);
  }

  get cause(): string | undefined {
    return causeOf(this.api, this.decoded)?.name;
  }

  get description(): string | undefined {
    return this.text(0);
  }

  /** The server's own advice, else that of the cause, the error or the status. */
  get remediation(): string | undefined {
    const own = textOf(this.decoded.remediation);
    if (own !== undefined) return own;
    const status = statusOf(this.api, this.decoded);
    const ofStatus = status && textsOf(this.api)?.statuses[this.api.statuses.indexOf(status)];
    return this.text(1) ?? (ofStatus || undefined);
  }

  /** Of several errors it is that of the one that decides about retrying, where that one has any. */
  get action(): Action | undefined {
    return actionOf(this.api, this.deciding) ?? actionOf(this.api, this.decoded);
  }

  get category(): Category {
    const documented = documentedStatus(this.api, this.decoded);
    return categoryOf(actionOf(this.api, this.decoded), this.status ?? (typeof documented === "object" ? documented[0] : documented));
  }

  get group(): string | undefined {
    return this.api.groups[this.api.rows[this.decoded.row ?? NONE]?.[2] ?? NONE]?.[0];
  }

  get docsUrl(): string | undefined {
    const { row } = this.decoded;
    return (row !== undefined && this.api.sources[moreOf(this.api, row)?.source ?? 0]) || undefined;
  }

  /**
   * The server's own verdict, else what the cause, the error or the status says. Of several errors the one that allows least
   * decides: they all have to be gone before a repeat can succeed.
   */
  get retry(): Verdict {
    return this.serverVerdict ?? verdictOf(this.api, this.deciding);
  }

  get condition(): string | undefined {
    if (this.retry !== "conditional") return undefined;
    return textsOf(this.api)?.retries[ruleIndex(this.api, this.deciding)] || undefined;
  }

  /** Of several errors the one that begins with the longest wait counts. */
  get backoff(): Backoff | undefined {
    if (this.retry !== "retry") return undefined;
    const documented = this.counting.map((error) => ruleOf(this.api, error)?.backoff ?? this.api.backoff);
    return documented.reduce((one, other) => (one === undefined || (other !== undefined && isLonger(other, one)) ? other : one));
  }

  /** Of several errors the one that makes a repeat most dangerous decides. */
  get repeat(): Repeat | undefined {
    if (this.outcome === "not_error") return undefined;
    const rules = this.counting.map((error) => repeatOf(this.api, error));
    const danger = (rule: RepeatRule | undefined) => DANGEROUS_FIRST.indexOf(rule?.kind);
    const worst = rules.reduce((worst, rule) => (danger(rule) < danger(worst) ? rule : worst));
    if (worst?.kind !== "duplicates") return worst;
    const what = textsOf(this.api)?.repeats[worst.text];
    return what ? { kind: "duplicates", what } : { kind: "duplicates" };
  }

  /** The told wait in milliseconds, not clamped. Of several errors the longest counts. */
  toldDelay(now: number): number | undefined {
    return this.told(now).wait;
  }

  /** The told wait, else a backoff with full jitter. */
  delay(attempt: number, now: number): number | undefined {
    const told = this.toldDelay(now);
    if (told !== undefined || this.retry !== "retry") return told;
    return jittered(this.backoff ?? DEFAULT_BACKOFF, attempt);
  }

  /** The fields of the error that were sent and are of their type. */
  details(): Values {
    this.ownDetails ??= valuesOf(moreOf(this.api, this.decoded.row)?.fields, this.document, this.decoded);
    return this.ownDetails;
  }

  /** The same of the fields that every error of this shape can have. Those of the response are the primary error's. */
  fields(): Values {
    const { decoded, came, document } = this;
    const { fields, errors } = decoded.shape ?? {};
    this.allFields ??= {
      // Told once, not again for each of many errors.
      ...(decoded.isOther ? {} : valuesOf(fields, came.document, decoded)),
      ...(decoded.json === undefined ? {} : valuesOf(errors?.shape.fields, document, decoded)),
    };
    return this.allFields;
  }

  /** Odd things seen, as short words in a fixed order. */
  notes(): string[] {
    if (this.outcome === "not_error") return [];
    const { status, decoded, came } = this;
    const statuses = statusesOf(this.api, decoded.row);
    const isNever = statuses === "none";
    // What one of several errors has from the response is not its own.
    const isOwn = decoded.json === undefined || decoded.ownStatus;
    const unexpected = isNever || (Array.isArray(statuses) && !includesStatus(statuses, status ?? NONE));
    const notes: [string, boolean][] = [
      ["missing-status", status === undefined && !isOfEvents(decoded.shape) && !isNever],
      ["unexpected-status", status !== undefined && isOwn && unexpected],
      ["empty-body", came.document.isBlank],
      ["not-utf8", !came.isUtf8],
      ["truncated-body", came.truncated],
      ["unreadable-code", decoded.unreadableCode],
      ["unlisted-part", decoded.unlistedPart],
      ["too-many-errors", decoded.tooManyErrors],
      ["unreadable-delay", this.told(0).unreadable],
    ];
    return notes.filter(([, seen]) => seen).map(([note]) => note);
  }

  /** A text of the cause, else of the error. */
  private text(column: 0 | 1): string | undefined {
    const texts = textsOf(this.api);
    const { row, cause } = this.decoded;
    if (texts === undefined || row === undefined) return undefined;
    const ofCause = texts.causes[this.api.rows[row]?.[5] ?? NONE]?.[cause ?? NONE]?.[column];
    return ofCause || texts.errors[row]?.[column] || undefined;
  }

  /** All errors that count for a repeat: this one first. */
  private get counting(): readonly Decoded[] {
    const { api, decoded } = this;
    if (decoded.others.length === 0 || decoded.shape?.errors?.primary === "innermost") return [decoded];
    // A response that says nothing of repeating leaves it to the errors in it.
    const counts = (error: Decoded) => error.json !== undefined || ruleOf(api, error) !== undefined;
    return [decoded, ...decoded.others].filter(counts);
  }

  /** The first of the errors that allow least. */
  private get deciding(): Decoded {
    const strictness = (error: Decoded) => STRICTEST_FIRST.indexOf(verdictOf(this.api, error));
    this.least ??= this.counting.reduce((least, error) => (strictness(error) < strictness(least) ? error : least));
    return this.least;
  }

  private get serverVerdict(): Verdict | undefined {
    if (this.outcome === "not_error") return undefined;
    for (const { at, retry, never } of this.api.overrides ?? []) {
      const said = scalarText(this.document.slot(at, this.decoded));
      if (said === undefined) continue;
      const verdict = (text: string): Verdict | undefined => {
        const isSaid = (value: string): boolean => lowerAscii(value) === lowerAscii(text);
        return retry.some(isSaid) ? "retry" : never.some(isSaid) ? "never" : undefined;
      };
      const whole = verdict(said);
      if (whole !== undefined) return whole;
      const all = isHeader(at) ? eachValue(said).map(verdict) : [];
      // All of them are verdicts, and the strictest counts.
      if (all.length > 0 && !all.includes(undefined)) return all.includes("never") ? "never" : "retry";
    }
    return undefined;
  }

  /** What the sources of all errors that count told. */
  private told(now: number): Heard {
    const { api, came, retry } = this;
    if (retry !== "retry" && retry !== "conditional") return SILENCE;
    return longest(
      this.counting.map((error) => {
        const sources = ruleOf(api, error)?.after;
        return sources === undefined ? SILENCE : hear(sources, came.document.within(error.json), error, now);
      }),
    );
  }
}

const STRICTEST_FIRST: readonly Verdict[] = ["never", "conditional", "unknown", "retry"];

/** What nobody says does not lift what somebody says. */
const DANGEROUS_FIRST: readonly (RepeatRule["kind"] | undefined)[] = ["duplicates", "new_key", "idempotency_key", undefined, "safe"];

/** What an error alone says of repeating, whatever the other errors and the server say. */
function verdictOf(api: Api, error: Decoded): Verdict {
  return ruleOf(api, error)?.verdict ?? "unknown";
}

/** What a program does about an error alone, whatever the other errors say. */
function actionOf(api: Api, error: Decoded): Action | undefined {
  const ofRow = api.rows[error.row ?? NONE]?.[3] || undefined;
  return causeOf(api, error)?.action ?? ofRow ?? statusOf(api, error)?.action;
}
