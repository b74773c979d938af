import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";
import type { Header } from "../types.js";
import { pairsOf, type Accept, type ClientStream } from "./client.js";
import type { Arrival } from "./edge.js";
import { listenHttp2 } from "./events.js";
import { headersObject } from "./http2-headers.js";

const mostHeaderBytes = 60 * 1024;

/** Connections on which clients speak HTTP/2 with prior knowledge. Its sockets come from elsewhere. */
export function http2Server(accept: Accept, connectionId: (socket: Duplex) => number): Http2Server {
  const settings = { maxHeaderListSize: mostHeaderBytes };
  const server = createServer({ settings });
  server.on("stream", (stream: ServerHttp2Stream, _headers: unknown, flags: number, raw: string[]) => {
    const endStream = 1;
    stream.on("error", () => {});
    if (!stream.session) return stream.destroy();
    const client = new Http2Client(stream, pairsOf(raw), connectionId(stream.session.socket));
    const events = accept(client, (flags & endStream) !== 0);
    let trailers: Header[] = [];
    stream.on("trailers", (...[, , flat]: [unknown, unknown, string[]]) => (trailers = pairsOf(flat)));
    if ((flags & endStream) === 0) listenHttp2(stream, () => trailers, events);
    else stream.resume();
    stream.on("close", () => events.closed());
  });
  server.on("sessionError", () => {});
  return server;
}

class Http2Client implements ClientStream {
  readonly closing = false;
  readonly arrival: Arrival;
  readonly peer: ClientStream["peer"];
  readonly local: ClientStream["local"];
  #trailers: Header[] = [];

  constructor(
    private readonly stream: ServerHttp2Stream,
    pairs: Header[],
    readonly connectionId: number,
  ) {
    const { socket } = stream.session!;
    this.peer = { address: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
    this.local = { address: socket.localAddress ?? "", port: socket.localPort ?? 0 };
    this.arrival = arrivalOf(pairs);
    stream.on("wantTrailers", () => stream.sendTrailers(headersObject(this.#trailers)));
  }

  headers(pairs: readonly Header[], end: boolean): void {
    if (this.stream.destroyed) return;
    this.stream.respond(headersObject(pairs), {
      endStream: end,
      waitForTrailers: !end,
      sendDate: false,
    } as object);
  }

  data(bytes: Uint8Array, end: boolean): void {
    if (this.stream.destroyed) return;
    if (bytes.length > 0) this.stream.write(bytes);
    if (end) this.stream.end();
  }

  trailers(pairs: readonly Header[]): void {
    this.#trailers = [...pairs];
    this.stream.end();
  }

  reset(): void {
    const internalError = 2;
    this.stream.close(internalError);
  }

  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }
}

function arrivalOf(pairs: Header[]): Arrival {
  const value = (name: string) => pairs.find((pair) => pair[0] === name)?.[1];
  return {
    protocol: "HTTP/2",
    method: value(":method") ?? "",
    scheme: value(":scheme") ?? "http",
    target: value(":path") ?? "",
    authority: value(":authority") ?? value("host"),
    pseudo: [
      ...new Set([...pairs.map(([name]) => name).filter((name) => name.startsWith(":")), ":authority"]),
    ],
    headers: pairs.filter(([name]) => !name.startsWith(":") && name !== "host"),
  };
}
