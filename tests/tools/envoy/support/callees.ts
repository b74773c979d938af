import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Stream } from "node:http2";
import { createServer as createTcpServer, type AddressInfo, type Server } from "node:net";
import type { HostSetup } from "../../../../tools/traffic/host.js";

export interface Callees {
  setup: NonNullable<HostSetup["callees"]>;
  /** Method, path and header lines of each call so far, sorted. */
  seen: string[];
  stop(): void;
}

/** Real servers that do what the path says: clusters web (HTTP/1.1), chat (HTTP/2) and down (nobody listens). */
export async function startCallees(): Promise<Callees> {
  const seen: string[] = [];
  const web = createServer((request, response) => {
    seen.push(headOf(request.method!, request.url!, request.rawHeaders));
    request.resume().on("end", () => answerWeb(request, response));
  });
  const chat = createHttp2Server();
  chat.on("stream", (stream, headers, _flags, ...raw: unknown[]) => {
    seen.push(headOf("", "", raw[0] as string[]));
    stream.on("error", () => {});
    answerChat(stream, headers[":path"]!);
  });
  const [webPort, chatPort, downPort] = [await listen(web), await listen(chat), await closedPort()];
  return {
    seen,
    setup: {
      web: { port: webPort, protocol: "http1" },
      chat: { port: chatPort, protocol: "http2" },
      down: { port: downPort, protocol: "http2" },
    },
    stop() {
      web.close().closeAllConnections();
      chat.close();
    },
  };
}

function headOf(method: string, path: string, raw: readonly string[]): string {
  const lines = Array.from({ length: raw.length / 2 }, (_, at) => `${raw[2 * at]}: ${raw[2 * at + 1]}`);
  return [`${method} ${path}`.trim(), ...lines.sort()].join("\n");
}

function answerWeb({ url, socket }: IncomingMessage, response: ServerResponse): void {
  const part = () => response.writeHead(200, { "content-length": 100, date: "now" }).write("part");
  if (url === "/stall") return;
  if (url === "/close") return void socket.destroy();
  if (url === "/garbage") return void socket.end("nonsense\r\n\r\n");
  if (url === "/half") return void part();
  if (url === "/cut") return void (part(), setTimeout(() => socket.destroy(), 30));
  if (url === "/empty") return void response.writeHead(204, { date: "now" }).end();
  if (url === "/trailers")
    response.writeHead(200, { date: "now", trailer: "x-t" }).addTrailers({ "x-t": "1" });
  else response.writeHead(url === "/missing" ? 404 : 200, { date: "now", "x-two": ["1", "2"] });
  response.end("answer");
}

function answerChat(stream: ServerHttp2Stream, path: string): void {
  const [messages, trailers] = [path.match(/(?<=message-)\w+/g) ?? [], trailersFor(path)];
  const head = { ":status": 200, "content-type": "application/grpc", date: "now" };
  if (path.includes("stall")) return;
  if (path.includes("reset")) return stream.close(8);
  if (path.includes("missing")) return stream.respond({ ":status": 404, date: "now" }, { endStream: true });
  if (path.includes("alone")) return stream.respond({ ...head, ...trailers }, { endStream: true });
  stream.respond(head, { waitForTrailers: !path.includes("bare") });
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  for (const message of messages) stream.write(frame(message));
  if (path.includes("cut")) setTimeout(() => stream.destroy(new Error("cut")), 30);
  else stream.end(path.includes("garbage") ? "zzzzzzzz" : undefined);
}

function trailersFor(path: string): Record<string, string> {
  const status = /status-(\w+)/.exec(path)?.[1];
  return status === undefined
    ? { "grpc-status": "0" }
    : { "grpc-status": status, "grpc-message": "not%20you" };
}

function frame(message: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, Buffer.from(message)]);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
}

async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
