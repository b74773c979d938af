import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from "node:http2";
import { isIPv6 } from "node:net";
import type { Header } from "../types.js";
import { pairsOf } from "./client.js";
import { headersObject } from "./http2-headers.js";
import { listenHttp2 } from "./events.js";
import { loopback, unsendable } from "./upstream.js";
import type { ResetReason, ResponseEvents, Upstream, UpstreamStream } from "./upstream.js";

/** A connection to the upstream, and whether it ever came about. */
interface Connection {
  session: ClientHttp2Session;
  established: boolean;
}

/** An upstream that speaks HTTP/2 with prior knowledge, over one connection. */
export function http2Upstream(port: number, host = loopback): Upstream {
  let connection: Connection | null = null;
  const living = () => {
    const { closed = true, destroyed } = connection?.session ?? {};
    if (closed || destroyed) connection = open(port, host);
    return connection!;
  };
  return {
    open: (pairs, end, events) =>
      isHttp2(pairs) ? new Http2Request(living(), pairs, end, events) : unsendable(events),
    close: () => connection?.session.destroy(),
  };
}

/** HTTP/2 may split a cookie header into several: Envoy puts them together, behind all others. */
function cookiesLast(pairs: Header[]): Header[] {
  const cookies = pairs.filter(([name]) => name === "cookie").map(([, value]) => value);
  const others = pairs.filter(([name]) => name !== "cookie");
  return cookies.length === 0 ? pairs : [...others, ["cookie", cookies.join("; ")]];
}

const ofConnection = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** Node would leave out what HTTP/2 forbids, and make up an authority; for Envoy either is a breach of the protocol. */
function isHttp2(pairs: readonly Header[]): boolean {
  const breach = ([name, value]: Header) => ofConnection.has(name) || (name === "te" && value !== "trailers");
  return pairs.some(([name]) => name === ":authority") && !pairs.some(breach);
}

function open(port: number, host: string): Connection {
  const session = connect(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`);
  const connection = { session, established: false };
  session.on("error", () => {});
  session.on("connect", () => (connection.established = true));
  return connection;
}

class Http2Request implements UpstreamStream {
  readonly #stream: ClientHttp2Stream;
  #trailers: readonly Header[] = [];
  #over = false;

  constructor(connection: Connection, pairs: readonly Header[], end: boolean, events: ResponseEvents) {
    this.#stream = connection.session.request(headersObject(pairs), {
      endStream: end,
      waitForTrailers: !end,
    });
    this.#stream.on("wantTrailers", () => this.#stream.sendTrailers(headersObject(this.#trailers)));
    this.#listen(connection, events);
  }

  data(bytes: Uint8Array, end: boolean): void {
    if (bytes.length > 0) this.#stream.write(bytes);
    if (end) this.#stream.end();
  }

  trailers(pairs: readonly Header[]): void {
    this.#trailers = pairs;
    this.#stream.end();
  }

  reset(): void {
    this.#over = true;
    this.#stream.close(constants.NGHTTP2_CANCEL);
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  #listen(connection: Connection, events: ResponseEvents): void {
    const stream = this.#stream;
    let trailers: Header[] = [];
    const fail = () => {
      if (this.#over || stream.rstCode === constants.NGHTTP2_NO_ERROR) return;
      this.#over = true;
      events.failed(reasonOf(connection, stream.rstCode));
    };
    stream.on("response", (...[, flags, flat]: [unknown, number, string[]]) => {
      const ended = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      events.headers(cookiesLast(pairsOf(flat)), ended);
      if (ended) stream.resume();
      else listenHttp2(stream, () => trailers, events);
    });
    stream.on("trailers", (...[, , flat]: [unknown, unknown, string[]]) => (trailers = pairsOf(flat)));
    stream.on("error", fail);
    stream.on("close", fail);
  }
}

function reasonOf({ session, established }: Connection, code: number): ResetReason {
  if (!established) return "remote connection failure";
  if (code === constants.NGHTTP2_PROTOCOL_ERROR) return "protocol error";
  return session.destroyed ? "connection termination" : "remote reset";
}
