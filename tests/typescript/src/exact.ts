/** JSON whose numbers keep all their digits: `JSON.parse` would round what the vectors expect. */

/** A number that no JavaScript number is. */
export interface Inexact {
  readonly decimal: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = "\u0000number";

/** The value of a JSON text. Whole numbers beyond 2^53 are bigints. */
export function parseExact(json: string): unknown {
  const marked = json.replace(TOKEN, (token) => (token.startsWith('"') ? token : `{"\\u0000number":"${token}"}`));
  return JSON.parse(marked, (_, value: unknown) => {
    const text = typeof value === "object" && value !== null && (value as Record<string, unknown>)[MARK];
    return typeof text === "string" ? number(text) : value;
  });
}

function number(text: string): number | bigint | Inexact {
  const n = Number(text);
  if (Number.isSafeInteger(n)) return n;
  if (/^-?\d+$/.test(text)) return BigInt(text);
  return canonical(String(n)) === canonical(text) ? n : { decimal: text };
}

/** The same for all texts of one number: its digits without zeros around them, and their power of ten. */
function canonical(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)\.?(\d*)(?:[eE](.*))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  return kept === "" ? "0" : `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}

/** What an error holds, in the values that {@link parseExact} gives. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (value.constructor.name === "Decimal") return { decimal: String(value) };
  if (value.constructor.name === "RawJson") return parseExact(String(value));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
