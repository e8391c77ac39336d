/** What a decoded response says, read on demand. */

import { setOwn } from "./build.js";
import { decode, moreOf, statusesOf, type Decoded } from "./decode.js";
import { Document, isPresent, scalarText, textOf } from "./document.js";
import { readForm, waitOf } from "./form.js";
import { oneLine } from "./one-line.js";
import { toHeaders, toStatus, toText, type ResponseParts } from "./response.js";
import { DEFAULT_BACKOFF, jittered, type Repeat } from "./retry.js";
import { covers, includesStatus, NONE, type Api, type Backoff, type Cause, type Field, type More } from "./table.js";
import type { RepeatRule, Retry, Row, Status, StatusRange } from "./table.js";
import { textsOf } from "./texts.js";
import type { Value, Values } from "./value.js";
import { categoryOf, type Action, type Category, type Outcome, type Verdict } from "./vocabulary.js";

/** A response and what it was decoded to. */
export class View {
  readonly status: number | undefined;
  readonly headers: Headers;
  readonly body: string;
  private readonly isUtf8: boolean;
  /** The body as given, where its text does not say it all. */
  private readonly raw: ResponseParts["body"];
  private readonly document: Document;
  private readonly decoded: Decoded;
  private ownDetails: Values | undefined;
  private shapeFields: Values | undefined;

  constructor(
    readonly api: Api,
    given: ResponseParts,
  ) {
    const response = given ?? {};
    const { text, isUtf8 } = toText(response.body);
    this.status = toStatus(response.status);
    this.headers = toHeaders(response.headers);
    this.body = text;
    this.isUtf8 = isUtf8;
    if (!isUtf8) this.raw = response.body;
    this.document = new Document(this.headers, text);
    this.decoded = decode(api, this.status, this.document);
  }

  /** One line for a log: `Vivix KEY_REVOKED (401): This key was revoked. [req_1]`. */
  get line(): string {
    const { rawCode, message, requestId } = this;
    let line = `${this.api.title} ${rawCode === undefined ? (this.code ?? "error") : oneLine(rawCode)}`;
    if (this.status !== undefined) line += ` (${this.status})`;
    if (message !== undefined) line += `: ${oneLine(message)}`;
    if (requestId !== undefined) line += ` [${oneLine(requestId)}]`;
    return line;
  }

  get bytes(): Uint8Array {
    const { raw } = this;
    if (raw instanceof Uint8Array) return raw;
    return raw instanceof ArrayBuffer ? new Uint8Array(raw) : new TextEncoder().encode(this.body);
  }

  get outcome(): Outcome {
    return this.decoded.outcome;
  }

  get code(): string | undefined {
    return this.row?.[0];
  }

  get rawCode(): string | undefined {
    return textOf(this.decoded.code);
  }

  get message(): string | undefined {
    return textOf(this.decoded.message);
  }

  get requestId(): string | undefined {
    return textOf(this.decoded.requestId);
  }

  get cause(): string | undefined {
    return this.causeEntry?.name;
  }

  get description(): string | undefined {
    return this.text(0);
  }

  /** The server's own advice, else that of the cause, the error or the status. */
  get remediation(): string | undefined {
    const own = textOf(this.decoded.remediation);
    if (own !== undefined) return own;
    const status = this.statusEntry;
    const ofStatus = status && textsOf(this.api)?.statuses[this.api.statuses.indexOf(status)];
    return this.text(1) ?? (ofStatus || undefined);
  }

  get action(): Action | undefined {
    return this.causeEntry?.action ?? (this.row?.[3] || undefined) ?? this.statusEntry?.action;
  }

  get category(): Category {
    const documented = this.documentedStatus;
    return categoryOf(this.action, this.status ?? (typeof documented === "object" ? documented[0] : documented));
  }

  get group(): string | undefined {
    return this.api.groups[this.row?.[2] ?? NONE]?.[0];
  }

  get docsUrl(): string | undefined {
    return (this.row && this.api.sources[this.more?.source ?? 0]) || undefined;
  }

  /** The server's own verdict, else what the cause, the error or the status says. */
  get retry(): Verdict {
    return this.serverVerdict ?? this.rule?.verdict ?? "unknown";
  }

  get condition(): string | undefined {
    if (this.retry !== "conditional") return undefined;
    return textsOf(this.api)?.retries[this.ruleIndex] || undefined;
  }

  get backoff(): Backoff | undefined {
    return this.retry === "retry" ? (this.rule?.backoff ?? this.api.backoff) : undefined;
  }

  get repeat(): Repeat | undefined {
    if (this.outcome === "not_error") return undefined;
    const texts = textsOf(this.api);
    const own = this.more?.repeat;
    return own === undefined
      ? repeatOf(this.api.repeat, texts?.repeat)
      : repeatOf(own, texts?.repeats[this.row?.[5] ?? NONE]);
  }

  /** The told wait in milliseconds, not clamped. */
  toldDelay(now: number): number | undefined {
    return this.mayRepeat ? this.told(now).wait : undefined;
  }

  /** The told wait, else a backoff with full jitter. */
  delay(attempt: number, now: number): number | undefined {
    const told = this.toldDelay(now);
    if (told !== undefined || this.retry !== "retry") return told;
    return jittered(this.backoff ?? DEFAULT_BACKOFF, attempt);
  }

  /** The fields of the error that were sent and are of their type. */
  details(): Values {
    this.ownDetails ??= this.valuesOf(this.more?.fields);
    return this.ownDetails;
  }

  /** The same of the fields that every error of this shape can have. */
  fields(): Values {
    this.shapeFields ??= this.valuesOf(this.decoded.shape?.fields);
    return this.shapeFields;
  }

  /** Odd things seen, as short words in a fixed order. */
  notes(): string[] {
    if (this.outcome === "not_error") return [];
    const statuses = this.row && statusesOf(this.api, this.row);
    const isNever = statuses === "none";
    const unexpected =
      this.status !== undefined && (isNever || (Array.isArray(statuses) && !includesStatus(statuses, this.status)));
    const notes: [string, boolean][] = [
      ["missing-status", this.status === undefined && !isNever],
      ["unexpected-status", unexpected],
      ["empty-body", this.document.isBlank],
      ["not-utf8", !this.isUtf8],
      ["unreadable-code", this.decoded.unreadableCode],
      ["unreadable-delay", this.mayRepeat && this.told(0).unreadable],
    ];
    return notes.filter(([, seen]) => seen).map(([note]) => note);
  }

  private get row(): Row | undefined {
    return this.decoded.row === undefined ? undefined : this.api.rows[this.decoded.row];
  }

  private get more(): More | undefined {
    return this.decoded.row === undefined ? undefined : moreOf(this.api, this.decoded.row);
  }

  private get causeEntry(): Cause | undefined {
    return this.more?.causes?.[this.decoded.cause ?? NONE];
  }

  /**
   * What the catalog says of the status alone: the entry of the status, else of its class. Where there was no status, the first
   * that the error is documented with counts.
   */
  private get statusEntry(): Status | undefined {
    const wanted = this.status ?? this.documentedStatus;
    if (wanted === undefined || this.outcome === "not_error") return undefined;
    const fitting = this.api.statuses.filter((entry) => covers(entry.range, wanted));
    return fitting.reduce<Status | undefined>(
      (best, entry) => (best === undefined || width(entry.range) < width(best.range) ? entry : best),
      undefined,
    );
  }

  private get documentedStatus(): StatusRange | undefined {
    const statuses = this.row && statusesOf(this.api, this.row);
    return Array.isArray(statuses) ? (statuses as readonly StatusRange[])[0] : undefined;
  }

  /** A text of the cause, else of the error. */
  private text(column: 0 | 1): string | undefined {
    const texts = textsOf(this.api);
    const { row, cause } = this.decoded;
    if (texts === undefined || row === undefined) return undefined;
    const ofCause = texts.causes[this.row?.[5] ?? NONE]?.[cause ?? NONE]?.[column];
    return ofCause || texts.errors[row]?.[column] || undefined;
  }

  private get serverVerdict(): Verdict | undefined {
    if (this.outcome === "not_error") return undefined;
    for (const place of this.api.verdictAt) {
      const said = scalarText(this.document.slot(place));
      if (said === "true") return "retry";
      if (said === "false") return "never";
    }
    return undefined;
  }

  /** The index of the retry rule of the cause, the error or the status. */
  private get ruleIndex(): number {
    const candidates = [this.causeEntry?.retry, this.row?.[4], this.statusEntry?.retry];
    return candidates.find((index) => index !== undefined && index !== NONE) ?? NONE;
  }

  private get rule(): Retry | undefined {
    return this.api.retries[this.ruleIndex];
  }

  private get mayRepeat(): boolean {
    return this.retry === "retry" || this.retry === "conditional";
  }

  /** The told wait, and whether a source was there but not well formed. */
  private told(now: number): { wait: number | undefined; unreadable: boolean } {
    let unreadable = false;
    for (const source of this.rule?.after ?? []) {
      if (typeof source === "number") return { wait: source, unreadable };
      const slot = this.document.slot(source[0]);
      if (!isPresent(slot)) continue;
      const text = scalarText(slot);
      const told = text === undefined ? undefined : readForm(source[1], text);
      if (told !== undefined) return { wait: waitOf(told, now), unreadable };
      unreadable = true;
    }
    return { wait: undefined, unreadable };
  }

  private valuesOf(fields: readonly Field[] | undefined): Values {
    const out: Record<string, Value> = {};
    for (const [name, value] of this.document.fields(fields ?? [])) setOwn(out, name, value);
    return out;
  }
}

function width(range: StatusRange): number {
  return typeof range === "number" ? 0 : range[1] - range[0];
}

function repeatOf(rule: RepeatRule | undefined, what: string | undefined): Repeat | undefined {
  if (rule === undefined || rule.kind === "undocumented") return undefined;
  if ("header" in rule || rule.kind === "safe") return rule as Repeat;
  return what ? { kind: "duplicates", what } : { kind: "duplicates" };
}
