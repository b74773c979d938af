import { connect } from "node:net";
import type { Socket } from "node:net";

/** One response: its status, headers with names in lower case, and body. */
export interface Response {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A keep-alive connection: asks one request at a time. */
export interface Connection {
  ask(request: Buffer): Promise<Response>;
  close(): void;
}

const HEAD_END = "\r\n\r\n";

/** Bytes of a GET request. */
export function getRequest(path: string, headers: readonly (readonly [string, string])[]): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n${lines}\r\n`, "latin1");
}

interface Pending {
  resolve(response: Response): void;
  reject(error: Error): void;
}

/** Opens a connection to a port of this machine; each answer may take `timeoutMs`. */
export async function openConnection(port: number, timeoutMs: number): Promise<Connection> {
  const socket = connect(port, "127.0.0.1");
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  let pending: Pending | null = null;
  answers(socket.setNoDelay(true).setTimeout(timeoutMs), () => {
    const waiting = pending;
    pending = null;
    return waiting;
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Settles what is pending whenever the socket brings a whole response, or can bring none. */
function answers(socket: Socket, take: () => Pending | null): void {
  const fail = (why: string): void => take()?.reject(new Error(`${why} while waiting for a response`));
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    const response = parseResponse(received);
    if (!response) return;
    received = "";
    take()?.resolve(response);
  });
  socket.on("error", (error) => fail(error.message));
  socket.on("close", () => fail("connection closed"));
  socket.on("timeout", () => fail("no answer in time"));
}

/** Response in this text, or null while it is incomplete; throws on one whose length is not given in advance. */
export function parseResponse(text: string): Response | null {
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const [statusLine, ...lines] = text.slice(0, headEnd).split("\r\n");
  const headers = new Map(lines.map(splitLine));
  const length = Number(headers.get("content-length"));
  if (!Number.isInteger(length)) throw new Error("response without content-length");
  const body = text.slice(headEnd + HEAD_END.length);
  return body.length < length ? null : { status: Number(statusLine!.split(" ")[1]), headers, body };
}

function splitLine(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
