/** A server on loopback that answers as it is told, and knows what it was asked. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer: its parts, or whatever is done with the response. */
export type Reply = PlainReply | ((response: ServerResponse) => unknown);

export interface PlainReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

export interface TestServer {
  readonly url: string;
  /** What it was asked since it was told its answers. */
  readonly asked: Asked[];
  /** Tells it its answers, one a request; those after the last are 204. */
  answer(...replies: Reply[]): void;
  close(): Promise<void>;
}

/** Listens on a free port. */
export async function listen(): Promise<TestServer> {
  let replies: readonly Reply[] = [];
  let asked: Asked[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    const reply = replies[asked.length] ?? { status: 204 };
    asked.push({ method, url, headers });
    if (typeof reply === "function") return void reply(response);
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    response.writeHead(reply.status).end(reply.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    get asked() {
      return asked;
    },
    answer(...all) {
      replies = all;
      asked = [];
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
