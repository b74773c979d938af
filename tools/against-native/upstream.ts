import { createServer, type AddressInfo, type Socket } from "node:net";
import { serveHttp1 } from "../traffic/wire/http1-upstream.js";
import { DEFAULT_ANSWER, valuesOf, type Response, type SeenRequest } from "../traffic/wire/message.js";
import type { Desk } from "../traffic/wire/upstream.js";
import type { Sent } from "./pair.js";

/** The header by which the upstream tells requests apart that come at the same time. */
export const markHeader = "x-exchange";

/** A server that answers each request as its exchange wants it, and remembers what came. */
export interface MarkedUpstream {
  port: number;
  expect(mark: string, answer: Sent["answer"]): void;
  /** What came with this mark, and forgets it. */
  take(mark: string): SeenRequest | undefined;
  stop(): Promise<void>;
}

export async function startMarkedUpstream(): Promise<MarkedUpstream> {
  const answers = new Map<string, Sent["answer"]>();
  const seen = new Map<string, SeenRequest>();
  const sockets = new Set<Socket>();
  const answer = (request: SeenRequest): Response => {
    const mark = markOf(request);
    seen.set(mark, request);
    return { ...DEFAULT_ANSWER, ...answers.get(mark) };
  };
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    void serveHttp1(socket, deskOf(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    expect: (mark, wanted) => void answers.set(mark, wanted),
    take(mark) {
      const request = seen.get(mark);
      answers.delete(mark);
      seen.delete(mark);
      return request;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

/** Of one connection, on which requests come one after the other. */
function deskOf(answer: (request: SeenRequest) => Response): Desk {
  const requests: SeenRequest[] = [];
  return { requests, faults: [], inspections: new Set(), answer: () => answer(requests.pop()!) };
}

function markOf({ lines }: SeenRequest): string {
  return valuesOf(lines, markHeader).join();
}
