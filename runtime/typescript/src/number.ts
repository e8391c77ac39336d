/** Numbers of any size and precision. */

/** A number that no JavaScript number holds exactly, kept as the server wrote it. */
export class Decimal {
  /** The number as sent: `1e400`, `0.12345678901234567890`. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The nearest JavaScript number. */
  valueOf(): number {
    return Number(this.text);
  }

  /** The number as sent. */
  toString(): string {
    return this.text;
  }

  /** The number as sent, as text: JSON itself would round it. */
  toJSON(): string {
    return this.text;
  }
}

/** How long an integer can be, its sign included: the time that it takes to make a bigint of one grows faster than its length. */
const MOST_DIGITS = 1000;

/** A whole number: a number where that is exact, else a bigint. Undefined where it has more digits than anybody means. */
export function integerOf(digits: string): number | bigint | undefined {
  if (digits.length > MOST_DIGITS) return undefined;
  const n = Number(digits);
  // Plus zero, because "-0" is no other integer than "0".
  return Number.isSafeInteger(n) ? n + 0 : BigInt(digits);
}

/** A JSON number: a number where that says what was written, else a {@link Decimal}. */
export function numberOf(text: string): number | Decimal {
  const n = Number(text);
  return canonical(String(n)) === canonical(text) ? n : new Decimal(text);
}

/** The value that a number is written for, the same however it is written: its digits without outer zeros, and their exponent. */
function canonical(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.slice(sign.length).split(".");
  const all = whole + fraction;
  const digits = trimZeros(all);
  if (digits.text === "") return "0";
  return `${sign}${digits.text}e${Number(exponent) - fraction.length + digits.after}`;
}

/** `digits` without zeros at either end, and how many stood behind. */
function trimZeros(digits: string): { text: string; after: number } {
  let start = 0;
  let end = digits.length;
  while (end > start && digits.charAt(end - 1) === "0") end--;
  while (start < end && digits.charAt(start) === "0") start++;
  return { text: digits.slice(start, end), after: digits.length - end };
}
