/** Text of a server in one line of a log. */

const MOST = 300;

// Control characters would break the line or steer a terminal; bidirectional controls make a log show another text than it
// holds.
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** `text` with its control characters escaped, cut after 300 characters. */
export function oneLine(text: string): string {
  // A character takes two units at most.
  const chars = Array.from(text.slice(0, 2 * MOST + 2));
  const kept = chars.slice(0, MOST).join("").replace(UNSAFE, escaped);
  return chars.length > MOST ? `${kept}…` : kept;
}

function escaped(char: string): string {
  switch (char) {
    case "\t":
      return "\\t";
    case "\r":
      return "\\r";
    case "\n":
      return "\\n";
    default:
      return `\\u{${char.charCodeAt(0).toString(16)}}`;
  }
}
