import { createServer, type AddressInfo, type Socket } from "node:net";
import type { Accept } from "./client.js";
import { http1Server } from "./http1-server.js";
import { http2Server } from "./http2-server.js";

const preface = Buffer.from("PRI * HTTP/2.0");

export interface ListeningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** One port on 127.0.0.1 for HTTP/1.1 and HTTP/2 with prior knowledge. `port` 0: a free one. */
export async function listen(port: number, accept: Accept): Promise<ListeningServer> {
  const sockets = new Map<object, number>();
  let connections = 0;
  const connectionId = (socket: object) => sockets.get(socket) ?? connections;
  const servers = { http1: http1Server(accept, connectionId), http2: http2Server(accept, connectionId) };
  const server = createServer((socket) => {
    sockets.set(socket, connections++);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    sniff(socket, (protocol) => servers[protocol].emit("connection", socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets.keys()) (socket as Socket).destroy();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** HTTP/2 announces itself with its first bytes. */
function sniff(socket: Socket, hand: (protocol: "http1" | "http2") => void): void {
  let seen = Buffer.alloc(0);
  const look = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk) seen = Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, preface.length);
    const matches = seen.subarray(0, length).equals(preface.subarray(0, length));
    if (matches && length < preface.length) return;
    socket.removeListener("readable", look);
    socket.unshift(seen);
    hand(matches ? "http2" : "http1");
  };
  socket.on("readable", look);
}
