import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { test, type TestContext } from "node:test";
import { listenTcp } from "../../../tools/emulator/tcp/proxy.js";
import { probed } from "./support/probed.js";

const mebibyte = 1024 * 1024;

test("bytes go through the filters both ways, and each side's end arrives", async (t) => {
  const { client, upstream } = await connected(t, ["dd0 write 2 9 0 >", "ud0 write 3 0 0 <"]);
  client.end("ping");
  assert.equal(await textOf(upstream), "ping>");
  upstream.end("pong");
  assert.equal(await textOf(client), "<pong");
});

test("a sender waits when a filter holds more than a mebibyte of it", async (t) => {
  const { client, plugin, upstream } = await connected(t, ["dd ret 1", "tick effective 2", "tick cont 2"]);
  let arrived = 0;
  upstream.on("data", (bytes: Buffer) => (arrived += bytes.length));
  client.write(Buffer.alloc(16 * mebibyte));
  await sleep(150);
  assert.equal(arrived, 0);
  plugin.tick();
  await sleep(150);
  assert.ok(arrived >= mebibyte && arrived < 2 * mebibyte, `${arrived} bytes were held`);
});

test("a side that breaks off breaks the other one off", async (t) => {
  const one = await connected(t, []);
  one.client.resetAndDestroy();
  assert.equal(await errorOf(one.upstream), "ECONNRESET");
  const other = await connected(t, []);
  other.client.write("x");
  await once(other.upstream, "data");
  other.upstream.resetAndDestroy();
  assert.equal(await errorOf(other.client), "ECONNRESET");
});

test("nobody at the upstream: the client's connection is closed", async (t) => {
  const server = await upstreamOf();
  const { port } = server;
  server.close();
  const client = await clientOf(t, [], port);
  assert.equal(await textOf(client), "");
});

test("the connection's properties are those of its sockets", async (t) => {
  const { client, upstream, said } = await connected(t, [
    "dd prop source.port",
    "dd prop upstream.local_address",
  ]);
  client.write("x");
  await once(upstream, "data");
  const port = Buffer.alloc(8);
  port.writeBigInt64LE(BigInt(client.localPort!));
  const shown = [...port].map((byte) =>
    byte > 31 && byte < 127 && byte !== 92
      ? String.fromCharCode(byte)
      : `\\${byte.toString(16).padStart(2, "0")}`,
  );
  assert.deepEqual(said(), [
    `prop source.port: 0 ${shown.join("")}`,
    `prop upstream.local_address: 0 127.0.0.1:${upstream.remotePort}`,
  ]);
});

test("closing the proxy ends its connections", async (t) => {
  const { client, close } = await connected(t, []);
  const ended = once(client.resume(), "end");
  await close();
  await ended;
});

/** A client's connection through a proxy with one probe, and the upstream's end of it. */
async function connected(t: TestContext, script: readonly string[]) {
  const server = await upstreamOf();
  t.after(() => server.close());
  const { plugin, emulator, said } = await probed(script);
  const proxy = await listenTcp(0, {
    plugins: [plugin],
    surroundings: emulator.surroundings,
    upstreamPort: server.port,
  });
  t.after(() => proxy.close());
  const client = clientTo(proxy.port);
  t.after(() => client.destroy());
  return { client, upstream: await server.accepted, plugin, said, close: () => proxy.close() };
}

async function clientOf(t: TestContext, script: readonly string[], upstreamPort: number): Promise<Socket> {
  const { plugin, emulator } = await probed(script);
  const proxy = await listenTcp(0, { plugins: [plugin], surroundings: emulator.surroundings, upstreamPort });
  t.after(() => proxy.close());
  return clientTo(proxy.port);
}

function clientTo(port: number): Socket {
  const client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  client.on("error", () => {});
  return client;
}

async function upstreamOf() {
  const server = createServer({ allowHalfOpen: true });
  const accepted = new Promise<Socket>((resolve) => {
    server.once("connection", (socket) => {
      socket.on("error", () => {});
      resolve(socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    void accepted.then((socket) => socket.destroy());
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, accepted, close };
}

async function textOf(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) text += chunk;
  return text;
}

async function errorOf(socket: Socket): Promise<string | undefined> {
  socket.resume();
  const [error] = (await once(socket, "close").catch((cause: Error) => [cause])) as [
    NodeJS.ErrnoException | boolean,
  ];
  return error instanceof Error ? error.code : String(error);
}
