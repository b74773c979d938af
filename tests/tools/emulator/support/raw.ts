import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Sends bytes to a port and collects what comes back until the other side closes. A byte string, both ways. */
export function rawRequest(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.from(bytes, "latin1")));
    socket.setTimeout(5000, () => socket.destroy(new Error(`no end after ${JSON.stringify(answer)}`)));
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

export interface RawUpstream {
  port: number;
  /** Requests as they came, whole. */
  requests: string[];
  close(): Promise<void>;
}

type Answer = (request: string, socket: Socket) => string | null;

/** An HTTP/1.1 upstream that shows each byte it was sent. `answer`: bytes to send back; null: none. */
export async function rawUpstream(answer: Answer): Promise<RawUpstream> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let pending = "";
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      pending += chunk.toString("latin1");
      for (let size = wholeRequest(pending); size > 0; size = wholeRequest(pending)) {
        requests.push(pending.slice(0, size));
        pending = pending.slice(size);
        const reply = answer(requests.at(-1)!, socket);
        if (reply !== null) socket.write(Buffer.from(reply, "latin1"));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, requests, close };
}

/** Length of the request at the beginning of the bytes; 0: not all of it is there. */
function wholeRequest(bytes: string): number {
  const head = bytes.indexOf("\r\n\r\n") + 4;
  if (head < 4) return 0;
  const lines = bytes.slice(0, head).toLowerCase();
  const length = Number(/\r\ncontent-length: (\d+)/.exec(lines)?.[1] ?? 0);
  if (!lines.includes("transfer-encoding: chunked")) return bytes.length < head + length ? 0 : head + length;
  const last = /(?:^|\r\n)0\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(bytes.slice(head));
  return last ? head + last.index + last[0].length : 0;
}

/** First line, header lines sorted, and what comes after them. */
export function parts(message: string): { first: string; headers: string[]; rest: string } {
  const end = message.indexOf("\r\n\r\n");
  const [first = "", ...headers] = message.slice(0, end).split("\r\n");
  return { first, headers: headers.sort(), rest: message.slice(end + 4) };
}
