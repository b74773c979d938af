import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Echo {
  port: number;
  stop(): Promise<void>;
}

/** An upstream that answers each request with that request, as it arrived; on a free port unless one is given. */
export async function startEcho(port = 0): Promise<Echo> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    response.setHeader("content-type", "text/plain");
    response.end(`${head(request)}\n${body}`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function head(request: IncomingMessage): string {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  const { rawHeaders } = request;
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return `${lines.join("\n")}\n`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
