import { Agent, get, type IncomingHttpHeaders } from "node:http";
import { connect, type ClientHttp2Session, type IncomingHttpHeaders as Http2Headers } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";

/** One answer, or why there is none. */
export interface Seen {
  port: number;
  /** When it was asked for and answered, as `performance.now()` has it. */
  from: number;
  to: number;
  status: number;
  /** What marked the response, and the request on its way. */
  version: string;
  requestVersion: string;
  error?: string;
}

export interface LoadOptions {
  /** Envoys; the connections are spread over them. */
  ports: readonly number[];
  /** Connections that stay open, a request at a time. */
  http1: number;
  /** Connections with two streams at a time. */
  http2: number;
  seen(one: Seen): void;
}

export interface Load {
  /** Ends when the last request is answered: how many connections were opened in all. */
  stop(): Promise<number>;
}

/** Clients that need no time at all would take it from the Envoys: milliseconds. */
const pauseMs = 20;

/** Keeps connections busy until it is stopped. */
export function startLoad({ ports, http1, http2, seen }: LoadOptions): Load {
  let on = true;
  let opened = 0;
  const counted = () => void ++opened;
  const loop = async (ask: () => Promise<Seen>) => {
    while (on) {
      seen(await ask());
      await sleep(pauseMs);
    }
  };
  const portAt = (index: number) => ports[index % ports.length]!;
  const plain = Array.from({ length: http1 }, (_, index) => http1Client(portAt(index), counted));
  const multiplexed = Array.from({ length: http2 }, (_, index) => http2Client(portAt(index), counted));
  const loops = [...plain, ...multiplexed, ...multiplexed].map(({ ask }) => loop(ask));
  return {
    async stop() {
      on = false;
      await Promise.all(loops);
      for (const client of [...plain, ...multiplexed]) client.close();
      return opened;
    },
  };
}

interface Client {
  ask(path?: string): Promise<Seen>;
  close(): void;
}

export function http1Client(port: number, opened: () => void = () => {}): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const known = new WeakSet();
  return {
    close: () => agent.destroy(),
    ask: (path = "/") =>
      timed(port, (tell, fail) => {
        const request = get({ agent, host: "127.0.0.1", port, path, timeout: 20_000 }, (response) => {
          response
            .resume()
            .on("end", () => tell(response.statusCode!, response.headers))
            .on("error", fail);
        });
        request.on("error", fail).on("timeout", () => request.destroy(new Error("no answer within 20 s")));
        request.on("socket", (socket) => {
          if (!known.has(socket)) opened();
          known.add(socket);
        });
      }),
  };
}

function http2Client(port: number, opened: () => void): Client {
  let session: ClientHttp2Session | undefined;
  const open = () => {
    if (session && !session.closed && !session.destroyed) return session;
    opened();
    session = connect(`http://127.0.0.1:${port}`).on("error", () => {});
    return session;
  };
  return {
    close: () => session?.close(),
    ask: (path = "/") =>
      timed(port, (tell, fail) => {
        const stream = open().request({ ":path": path });
        let headers: Http2Headers = {};
        stream.setTimeout(20_000, () => stream.destroy(new Error("no answer within 20 s")));
        stream.on("response", (answer) => (headers = answer)).on("error", fail);
        stream.resume().on("end", () => tell(Number(headers[":status"] ?? 0), headers));
      }),
  };
}

type Tell = (status: number, headers: IncomingHttpHeaders) => void;

function timed(port: number, ask: (tell: Tell, fail: (error: Error) => void) => void): Promise<Seen> {
  const from = performance.now();
  return new Promise((resolve) => {
    const done = (rest: Omit<Seen, "port" | "from" | "to">) =>
      resolve({ port, from, to: performance.now(), ...rest });
    ask(
      (status, headers) =>
        done({
          status,
          version: String(headers["x-version"]),
          requestVersion: String(headers["x-request-version"]),
        }),
      (error) => done({ status: 0, version: "", requestVersion: "", error: error.message }),
    );
  });
}
