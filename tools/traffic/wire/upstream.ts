import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { serveHttp1 } from "./http1-upstream.js";
import { http2Upstream } from "./http2-upstream.js";
import { DEFAULT_ANSWER } from "./message.js";
import type { Response, SeenRequest } from "./message.js";

/** What came since the last look. */
export interface Arrival {
  /** In order of their heads; those still coming are among them. */
  requests: SeenRequest[];
  /** Bytes that were no request, or that followed one: the marks of wrong framing. */
  faults: string[];
}

/** A server that notes what arrives and gives the answer it was told, to HTTP/1.1 and HTTP/2 on one port. */
export interface Upstream {
  readonly port: number;
  /** What requests are answered from now on, one after the other; the last answer holds for all that follow. */
  answerWith(...responses: [Response, ...Response[]] | Response[]): void;
  /** Looks without taking. */
  arrived(): readonly SeenRequest[];
  /** Hands over what came since the last take, and drops connections whose bytes make no sense. */
  take(): Arrival;
  stop(): Promise<void>;
}

/** What the two protocols' halves share. */
export interface Desk {
  /** Takes the answer to the request at hand. */
  answer(): Response;
  requests: SeenRequest[];
  faults: string[];
  /** Looks for bytes left over on open connections. */
  inspections: Set<() => void>;
}

export async function startUpstream(): Promise<Upstream> {
  let answers: Response[] = [DEFAULT_ANSWER];
  const answer = () => (answers.length > 1 ? answers.shift()! : answers[0]!);
  const desk: Desk = { answer, requests: [], faults: [], inspections: new Set() };
  const http2 = http2Upstream(desk);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    sniff(socket, (isHttp2) => (isHttp2 ? http2.emit("connection", socket) : void serveHttp1(socket, desk)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    answerWith: (...responses) => (answers = [...responses]),
    arrived: () => desk.requests,
    take: () => takeFrom(desk),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function takeFrom(desk: Desk): Arrival {
  for (const inspect of desk.inspections) inspect();
  return { requests: desk.requests.splice(0), faults: desk.faults.splice(0) };
}

/** Tells the protocols apart by the first bytes, which stay unread. */
function sniff(socket: Socket, serve: (isHttp2: boolean) => void): void {
  const preface = "PRI ";
  socket.once("readable", () => {
    const first = socket.read() as Buffer | null;
    if (first === null) return;
    socket.unshift(first);
    serve(first.toString("latin1", 0, preface.length) === preface);
  });
}
