/** What a JSON string says. */

/** The text of a JSON string, given with its quotes. Lone surrogates become U+FFFD. */
export function stringText(raw: string): string {
  if (!raw.includes("\\")) return raw.slice(1, -1);
  return wellFormed(JSON.parse(escapeControls(raw)) as string);
}

/** JSON.parse refuses bare control characters, and nothing else that the scanner lets through. */
function escapeControls(raw: string): string {
  if (!/[\0-\x1f]/.test(raw)) return raw;
  let out = raw;
  for (let c = 0; c < 0x20; c++) {
    out = out.replaceAll(String.fromCharCode(c), `\\u${c.toString(16).padStart(4, "0")}`);
  }
  return out;
}

/** `text` with U+FFFD for each lone surrogate. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
