// A program that uses the packages by their names, as their users do.
import "vivix-errors/texts";
import { isApiError as isVicsee, VicseeError } from "vicsee-errors";
import {
  isApiError,
  VivixError,
  withRetry,
  type AnyApiError,
  type InsufficientCreditsDetails,
  type RetryEvent,
  type Verdict,
  type VivixErrorCode,
} from "vivix-errors";

export async function call(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw await VivixError.fromResponse(response);
  return response;
}

export async function read(url: string, onRetry: (event: RetryEvent) => void): Promise<Response> {
  return withRetry(async ({ signal }) => VivixError.check(await fetch(url, { signal })), { method: "GET", onRetry });
}

export function explain(error: unknown): string {
  if (error instanceof VivixError) {
    if (error.is("MODEL_NOT_ALLOWED")) return error.details.model ?? error.code;
    if (error.is("INSUFFICIENT_CREDITS")) return credits(error.details);
    // @ts-expect-error: not a code of this API
    if (error.is("model_not_allowed")) return "";
    const code: VivixErrorCode | undefined = error.code;
    return code ?? error.rawCode ?? error.message;
  }
  if (error instanceof VicseeError && error.is("FORBIDDEN")) return error.knownCause === "not_owner" ? "not yours" : "no subscription";
  return isApiError(error) && isVicsee(error) ? log(error) : String(error);
}

const credits = ({ balance, needed }: InsufficientCreditsDetails): string => `${balance?.valueOf()} of ${needed?.valueOf()}`;

function log(error: AnyApiError): string {
  const retry: Verdict = error.retry;
  return `${error.api} ${retry} ${error.delay(0) ?? "never"} ${JSON.stringify(error)}`;
}
