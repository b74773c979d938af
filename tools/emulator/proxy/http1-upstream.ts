import { Agent, request as startRequest, type ClientRequest, type IncomingMessage } from "node:http";
import type { Header } from "../types.js";
import { pairsOf } from "./client.js";
import { listenHttp1 } from "./events.js";
import { loopback } from "./upstream.js";
import type { ResetReason, ResponseEvents, Upstream, UpstreamStream } from "./upstream.js";

const bodyless = new Set(["GET", "HEAD", "DELETE", "TRACE", "CONNECT"]);

/** An upstream that speaks HTTP/1.1, over kept connections. */
export function http1Upstream(port: number, host = loopback): Upstream {
  const agent = new Agent({ keepAlive: true });
  return {
    open: (pairs, end, events) => new Http1Request(agent, { host, port }, pairs, end, events),
    close: () => agent.destroy(),
  };
}

/** Node joins some repeated headers and adds others; upstreams get exactly these lines. */
type RawRequest = ClientRequest & { _storeHeader(firstLine: string, lines: string[]): void };

class Http1Request implements UpstreamStream {
  readonly #request: RawRequest;
  #response: IncomingMessage | null = null;
  #over = false;

  constructor(
    agent: Agent,
    place: { host: string; port: number },
    pairs: readonly Header[],
    end: boolean,
    events: ResponseEvents,
  ) {
    const pseudo = (name: string) => pairs.find((pair) => pair[0] === name)?.[1];
    const [method, path, authority] = [pseudo(":method")!, pseudo(":path")!, pseudo(":authority")];
    const options = { ...place, method: nodeMethod(method), agent, setHost: false };
    this.#request = startRequest(options) as RawRequest;
    this.#request.removeHeader("connection");
    this.#listen(events);
    const lines = pairs.filter(([name]) => !name.startsWith(":"));
    if (authority !== undefined) lines.unshift(["host", authority]);
    lines.push(...framing(pairs, end, method));
    this.#request._storeHeader(`${method} ${path} HTTP/1.1\r\n`, lines.flat());
    if (end) this.#request.end();
    // `flushHeaders` would write them as UTF-8.
    else this.#request.write(new Uint8Array());
  }

  data(bytes: Uint8Array, end: boolean): void {
    if (bytes.length > 0) this.#request.write(bytes);
    if (end) this.#request.end();
  }

  trailers(pairs: readonly Header[]): void {
    this.#request.addTrailers(pairs.map(([name, value]): [string, string] => [name, value]));
    this.#request.end();
  }

  reset(): void {
    this.#over = true;
    this.#request.destroy();
  }

  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  #listen(events: ResponseEvents): void {
    const fail = (error: NodeJS.ErrnoException) => {
      if (this.#over) return;
      this.#over = true;
      events.failed(reasonOf(error));
    };
    this.#request.on("error", fail);
    this.#request.on("response", (response) => {
      this.#response = response;
      const status: Header = [":status", String(response.statusCode)];
      const end = this.#endsWithHeaders(response);
      events.headers([status, ...shown(response.rawHeaders)], end);
      response.on("error", fail);
      response.on("end", () => (this.#over = true));
      if (end) response.resume();
      else listenHttp1(response, () => pairsOf(response.rawTrailers), events);
    });
  }

  #endsWithHeaders({ statusCode = 0, headers }: IncomingMessage): boolean {
    const without = statusCode === 204 || statusCode === 304 || this.#request.method === "HEAD";
    return without || headers["content-length"] === "0";
  }
}

/** Of what belongs to the connection Envoy shows filters all but this. */
function shown(rawHeaders: readonly string[]): Header[] {
  return pairsOf(rawHeaders).filter(([name]) => name !== "keep-alive");
}

/** Envoy sends any method that a filter made up; node only looks for HEAD and its like. */
function nodeMethod(method: string): string {
  return /^[A-Z]+$/.test(method) ? method : "POST";
}

/** How the upstream learns where the body ends. */
function framing(pairs: readonly Header[], end: boolean, method: string): Header[] {
  if (pairs.some(([name]) => name === "content-length")) return [];
  if (!end) return [["transfer-encoding", "chunked"]];
  return bodyless.has(method) ? [] : [["content-length", "0"]];
}

function reasonOf({ code = "" }: NodeJS.ErrnoException): ResetReason {
  if (code === "ECONNREFUSED") return "remote connection failure";
  return code.startsWith("HPE_") ? "protocol error" : "connection termination";
}
