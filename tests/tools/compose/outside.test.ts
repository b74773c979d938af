import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { outside } from "../../../tools/compose/outside.js";
import { freePort } from "../../../tools/compose/ports.js";

/** Stands for the bridge between this machine and its containers: loopback has more than one address. */
const gateway = "127.0.0.2";

async function server(t: TestContext, serve: (socket: Socket) => void): Promise<number> {
  const listening = createServer({ allowHalfOpen: true }, (socket) => serve(socket.on("error", () => {})));
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  t.after(() => listening.close());
  return (listening.address() as AddressInfo).port;
}

async function opened(t: TestContext, port: number, callees = {}) {
  const open = await outside({ chain: [], upstream: { port, protocol: "http2" }, callees }, gateway);
  t.after(() => open.stop());
  return open;
}

test("a container reaches the upstream under the gateway's address, the end of a half included", async (t) => {
  const port = await server(
    t,
    (socket) => void socket.on("end", () => socket.end("+end")).on("data", (d) => socket.write(d)),
  );
  const { upstream } = await opened(t, port);
  assert.deepEqual([upstream.address, upstream.protocol], [gateway, "http2"]);
  const socket = connect({ port: upstream.port, host: gateway, allowHalfOpen: true });
  socket.end("hello");
  let seen = "";
  for await (const data of socket.setEncoding("utf8")) seen += data;
  assert.equal(seen, "hello+end");
});

test("a connection that one side breaks off breaks on the other, and is not taken for one that ends", async (t) => {
  const port = await server(t, (socket) => void socket.on("data", () => socket.resetAndDestroy()));
  const { upstream } = await opened(t, port);
  const socket = connect({ port: upstream.port, host: gateway });
  socket.write("hello");
  const [error] = await once(socket, "error", { signal: AbortSignal.timeout(5000) });
  assert.equal(error.code, "ECONNRESET");
});

test("a callee that is down refuses there too, and one with an address of its own keeps it", async (t) => {
  const port = await server(t, () => {});
  const { callees } = await opened(t, port, {
    up: { port, protocol: "http1" },
    down: { port: await freePort(), protocol: "http1" },
    far: { address: "keys.example", port: 443, protocol: "http2" },
  });
  assert.deepEqual(callees.far, { address: "keys.example", port: 443, protocol: "http2" });
  assert.equal(callees.up!.address, gateway);
  const [error] = await once(connect({ port: callees.down!.port, host: gateway }), "error");
  assert.equal(error.code, "ECONNREFUSED");
});

test("nobody is reachable any more once it is over", async (t) => {
  const port = await server(t, () => {});
  const open = await opened(t, port);
  open.stop();
  const [error] = await once(connect({ port: open.upstream.port, host: gateway }), "error");
  assert.equal(error.code, "ECONNREFUSED");
});
