import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { RequestListener } from "node:http";
import { parseResponse } from "../../../bench/envoy/http1.js";
import { runLoad } from "../../../bench/envoy/load.js";

/** Serves on a free port while `use` runs. */
async function serving(answer: RequestListener, use: (port: number) => Promise<void>): Promise<void> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    await use((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const load = {
  path: "/",
  headers: () => [["user-agent", "test"]] as const,
  connections: 3,
  timeoutMs: 5_000,
};

test("exactly so many requests are sent, over so many connections, and every status is counted", async () => {
  const sockets = new Set<unknown>();
  let requests = 0;
  const answer: RequestListener = (request, response) => {
    sockets.add(request.socket);
    const status = ++requests % 5 === 0 ? 503 : 200;
    response.writeHead(status, { "content-length": 2 }).end("hi");
  };
  await serving(answer, async (port) => {
    const statuses = await runLoad({ ...load, port, requests: 50 });
    assert.deepEqual(Object.fromEntries(statuses), { 200: 40, 503: 10 });
  });
  assert.equal(requests, 50);
  assert.equal(sockets.size, 3);
});

test("each request is sent once, with the headers made for it", async () => {
  const agents: (string | undefined)[] = [];
  const answer: RequestListener = (request, response) => {
    agents.push(request.headers["user-agent"]);
    response.writeHead(200, { "content-length": 0 }).end();
  };
  const headers = (n: number) => [["user-agent", `agent-${n}`]] as const;
  await serving(answer, async (port) => void (await runLoad({ ...load, headers, port, requests: 4 })));
  assert.deepEqual(agents.sort(), ["agent-0", "agent-1", "agent-2", "agent-3"]);
});

test("a connection lost while an answer is due is an error, not a smaller count", async () => {
  await serving(
    (request) => request.socket.destroy(),
    (port) => assert.rejects(runLoad({ ...load, port, requests: 2 }), /while waiting for a response/),
  );
});

test("an answer that takes too long is an error", async () => {
  await serving(
    () => {},
    (port) => assert.rejects(runLoad({ ...load, port, requests: 1, timeoutMs: 50 }), /no answer in time/),
  );
});

test("a response is read only when it is whole", () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Wasm: ok\r\n\r\n";
  assert.equal(parseResponse(head.slice(0, -1)), null);
  assert.equal(parseResponse(`${head}h`), null);
  const response = parseResponse(`${head}hi`);
  assert.equal(response?.status, 200);
  assert.equal(response?.headers.get("x-wasm"), "ok");
  assert.equal(response?.body, "hi");
});

test("a response of unknown length is refused", () => {
  assert.throws(() => parseResponse("HTTP/1.1 200 OK\r\n\r\n"), /without content-length/);
});
