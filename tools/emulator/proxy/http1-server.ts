import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Header } from "../types.js";
import { pairsOf, type Accept, type ClientStream } from "./client.js";
import { nominated, type Arrival } from "./edge.js";
import { listenHttp1 } from "./events.js";
import { plainAnswer } from "./plain-answer.js";

const mostHeaderBytes = 60 * 1024;

/** Connections on which clients speak HTTP/1.1. Its sockets come from elsewhere. */
export function http1Server(accept: Accept, connectionId: (socket: Duplex) => number): Server {
  const options = {
    maxHeaderSize: mostHeaderBytes,
    requireHostHeader: false,
    keepAliveTimeout: 0,
    requestTimeout: 0,
  };
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const early = turnedAway(request);
    if (early !== null) return void request.socket.end(early);
    const client = new Http1Client(request, response, connectionId(request.socket));
    const events = accept(client, client.requestEnded);
    request.on("end", () => (client.requestEnded = true));
    if (client.requestEnded) request.resume();
    else listenHttp1(request, () => pairsOf(request.rawTrailers), events);
    response.on("close", () => events.closed());
  };
  const server = createServer(options, serve);
  server.maxHeadersCount = 0;
  server.on("checkExpectation", serve);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => answerGarbage(error, socket));
  server.on("connect", (_request, socket) => socket.end(plainAnswer(404)));
  return server;
}

/** What Envoy's codec turns away although node's lets it pass. */
function turnedAway({ httpVersion, headers }: IncomingMessage): string | null {
  if (httpVersion !== "1.1") return plainAnswer(426, "Upgrade Required");
  const encoding = headers["transfer-encoding"];
  const known = encoding === undefined || encoding.toLowerCase() === "chunked";
  return known ? null : plainAnswer(501, "Not Implemented");
}

function answerGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const tooLarge = error.code === "HPE_HEADER_OVERFLOW";
  socket.end(
    tooLarge ? plainAnswer(431, "Request Header Fields Too Large") : plainAnswer(400, "Bad Request"),
  );
}

function bodyless({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] === undefined && (length === undefined || Number(length) === 0);
}

class Http1Client implements ClientStream {
  readonly arrival: Arrival;
  readonly peer: ClientStream["peer"];
  readonly local: ClientStream["local"];
  requestEnded: boolean;
  readonly #asked: boolean;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly connectionId: number,
  ) {
    const { socket } = request;
    this.peer = { address: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
    this.local = { address: socket.localAddress ?? "", port: socket.localPort ?? 0 };
    this.arrival = arrivalOf(request);
    this.requestEnded = bodyless(request);
    this.#asked = nominated(this.arrival.headers).includes("close");
  }

  /** Asked for, or needed: the rest of a request that nobody reads must not be taken for the next one. */
  get closing(): boolean {
    return this.#asked || !this.requestEnded;
  }

  headers(pairs: readonly Header[], end: boolean): void {
    const { response, request } = this;
    const status = Number(pairs.find(([name]) => name === ":status")?.[1]);
    const lines = pairs.filter(([name]) => !name.startsWith(":"));
    lines.push(...framing(lines, status, end, request.method === "HEAD"));
    if (this.closing && !lines.some(([name]) => name === "connection")) {
      lines.push(["connection", "close"]);
    }
    response.sendDate = false;
    response.removeHeader("connection");
    response.writeHead(status, lines.flat());
    if (end) response.end();
    // `flushHeaders` would write them as UTF-8.
    else response.write(new Uint8Array());
  }

  data(bytes: Uint8Array, end: boolean): void {
    if (bytes.length > 0) this.response.write(bytes);
    if (end) this.response.end();
  }

  trailers(pairs: readonly Header[]): void {
    this.response.addTrailers(pairs.map(([name, value]): [string, string] => [name, value]));
    this.response.end();
  }

  reset(): void {
    const socket = this.request.socket as Socket;
    socket.destroySoon();
  }

  pause(): void {
    this.request.pause();
  }

  resume(): void {
    this.request.resume();
  }
}

function arrivalOf({ method = "GET", url = "/", rawHeaders }: IncomingMessage): Arrival {
  const pairs = pairsOf(rawHeaders);
  const hosts = pairs.filter(([name]) => name === "host").map(([, value]) => value);
  const absolute = /^(https?):\/\/([^/?#]*)(.*)$/i.exec(url);
  return {
    protocol: "HTTP/1.1",
    method,
    scheme: absolute ? absolute[1]!.toLowerCase() : "http",
    target: absolute ? absolute[3] || "/" : url,
    authority: absolute ? absolute[2] : hosts.length === 0 ? undefined : hosts.join(","),
    pseudo: [":authority", ":path", ":method", ":scheme"],
    headers: pairs.filter(([name, value]) => name !== "host" && !awaitsContinue(name, value)),
  };
}

/** Node has said "100 Continue" already. */
function awaitsContinue(name: string, value: string): boolean {
  return name === "expect" && value.toLowerCase() === "100-continue";
}

/** How the client learns where the body ends. */
function framing(lines: readonly Header[], status: number, end: boolean, head: boolean): Header[] {
  const sized = lines.some(([name]) => name === "content-length");
  if (sized || status < 200 || status === 204 || status === 304) return [];
  return end && !head ? [["content-length", "0"]] : [["transfer-encoding", "chunked"]];
}
