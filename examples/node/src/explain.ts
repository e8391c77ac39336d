/** What a person is told about an error. */
import type { VivixError } from "vivix-errors";
import "vivix-errors/texts"; // the catalog's advice

/** What went wrong, and what to do about it. */
export function explain(error: VivixError): string {
  const lines = [error.message];
  if (error.is("INSUFFICIENT_CREDITS")) lines.push(`It costs ${error.details.needed ?? "more"} credits, and there are ${error.details.balance ?? "fewer"}.`);
  if (error.is("MODEL_NOT_ALLOWED") && error.details.model !== undefined) lines.push(`The model is ${error.details.model}.`);
  if (error.remediation !== undefined) lines.push(error.remediation);
  return lines.join("\n");
}
