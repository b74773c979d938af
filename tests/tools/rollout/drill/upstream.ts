import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Upstream {
  port: number;
  /** Requests for `/held` that wait for their answer. */
  waiting(): number;
  /** Answers those. */
  release(): void;
  stop(): void;
}

/** Says back which version its request went through. */
export async function startUpstream(): Promise<Upstream> {
  const held: (() => void)[] = [];
  const server = createServer((request, response) => {
    const answer = () => reply(response, request.headers["x-version"]);
    request.resume().on("end", () => (request.url === "/held" ? void held.push(answer) : answer()));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: (server.address() as AddressInfo).port,
    waiting: () => held.length,
    release: () => held.splice(0).forEach((answer) => answer()),
    stop: () => void server.close().closeAllConnections(),
  };
}

function reply(response: ServerResponse, version: string | string[] | undefined): void {
  response.setHeader("x-request-version", String(version));
  response.end("served\n");
}
