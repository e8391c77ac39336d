/** The part of the Vivix API that makes videos. */
import { VivixError, withRetry, type RetryEvent } from "vivix-errors";

/** A video, as far as this program looks at it. */
export interface Video {
  readonly id?: string;
  readonly status?: string;
}

export class Videos {
  constructor(
    private readonly base: string,
    private readonly key: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Not repeated after an error that may have come too late: each repeat makes a second video, and bills it. */
  make(prompt: string): Promise<Video> {
    return this.call("POST", "/videos", JSON.stringify({ prompt }));
  }

  show(id: string): Promise<Video> {
    return this.call("GET", `/videos/${encodeURIComponent(id)}`, null);
  }

  private call(method: "GET" | "POST", path: string, body: string | null): Promise<Video> {
    const headers = { authorization: `Bearer ${this.key}`, "content-type": "application/json" };
    const send = async (signal: AbortSignal): Promise<Video> => {
      const response = await VivixError.check(await fetch(this.base + path, { method, headers, body, signal }), { signal });
      return (await response.json()) as Video;
    };
    return withRetry(({ signal }) => send(signal), { method, attempts: 5, total: 180_000, unanswered, signal: this.signal, onRetry });
  }
}

/** What fetch throws where there was no response. */
function unanswered(thrown: unknown): boolean {
  return thrown instanceof TypeError;
}

function onRetry({ error, thrown, delay }: RetryEvent): void {
  console.error(`${error?.message ?? thrown}; again in ${delay / 1000} s`);
}
