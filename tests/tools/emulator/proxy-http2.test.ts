import assert from "node:assert/strict";
import http2, { type ClientHttp2Stream, type OutgoingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { beforeHttp1, proxied } from "./support/proxied.js";
import { parts, rawRequest } from "./support/raw.js";

interface Received {
  headers: string[];
  body: string;
  trailers: string[];
}

/** Header lines of a flat list, sorted. */
function lines(flat: readonly string[] = []): string[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => `${flat[2 * i]}: ${flat[2 * i + 1]}`).sort();
}

function receive(stream: ServerHttp2Stream | ClientHttp2Stream): Promise<Received> {
  return new Promise((resolve, reject) => {
    const got: Received = { headers: [], body: "", trailers: [] };
    stream.on("response", (_headers: unknown, _flags: unknown, raw?: string[]) => (got.headers = lines(raw)));
    stream.on(
      "trailers",
      (_headers: unknown, _flags: unknown, raw?: string[]) => (got.trailers = lines(raw)),
    );
    stream.on("data", (chunk: Buffer) => (got.body += chunk.toString("latin1")));
    stream.on("end", () => resolve(got));
    stream.on("error", reject);
  });
}

async function send(
  port: number,
  headers: OutgoingHttpHeaders,
  body?: string,
  trailers?: OutgoingHttpHeaders,
): Promise<Received> {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  const options = { endStream: body === undefined, waitForTrailers: trailers !== undefined };
  const stream = session.request({ ":authority": "h", ...headers }, options);
  if (trailers) stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  if (body !== undefined) stream.end(body);
  try {
    return await receive(stream);
  } finally {
    session.destroy();
  }
}

/** An HTTP/2 upstream that answers with duplicates, odd bytes and trailers. */
async function upstream(t: TestContext): Promise<{ port: number; seen: Received[] }> {
  const seen: Received[] = [];
  const server = http2.createServer();
  server.on(
    "stream",
    async (stream: ServerHttp2Stream, _headers: unknown, _flags: unknown, raw: string[]) => {
      stream.on("error", () => {});
      seen.push({ ...(await receive(stream)), headers: lines(raw) });
      stream.respond(
        { ":status": 200, "x-odd": "\xe9\xff", "set-cookie": ["a", "b"] },
        { waitForTrailers: true },
      );
      stream.on("wantTrailers", () => stream.sendTrailers({ "x-t": ["1", "2"] }));
      stream.end("hello");
    },
  );
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on("session", (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

test("HTTP/2 passes to HTTP/2 with duplicates, odd bytes and trailers; cookies become one", async (t) => {
  const { port: upstreamPort, seen } = await upstream(t);
  const { port } = await proxied(t, [[]], { port: upstreamPort, protocol: "http2" });
  const headers = {
    ":method": "POST",
    ":path": "/a",
    "x-odd": "\xe9\xff",
    "x-a": ["1", "2"],
    cookie: ["a=1", "b=2"],
  };
  const got = await send(port, headers, "body", { "x-rt": "1" });
  const plain = seen[0]!.headers.filter((line) => !/^x-(envoy|forwarded|request)/.test(line));
  assert.deepEqual(plain, [
    ":authority: h",
    ":method: POST",
    ":path: /a",
    ":scheme: http",
    "cookie: a=1; b=2",
    "x-a: 1",
    "x-a: 2",
    "x-odd: \xe9\xff",
  ]);
  assert.deepEqual([seen[0]!.body, seen[0]!.trailers], ["body", ["x-rt: 1"]]);
  assert.deepEqual([got.body, got.trailers], ["hello", ["x-t: 1", "x-t: 2"]]);
  const named = got.headers.filter((line) => !/^(date|x-envoy)/.test(line));
  assert.deepEqual(named, [
    ":status: 200",
    "server: envoy",
    "set-cookie: a",
    "set-cookie: b",
    "x-odd: \xe9\xff",
  ]);
});

test("HTTP/1.1 passes to HTTP/2 on the same port, trailers included", async (t) => {
  const { port: upstreamPort, seen } = await upstream(t);
  const { port } = await proxied(t, [[]], { port: upstreamPort, protocol: "http2" });
  const head = "POST / HTTP/1.1\r\nHost: h\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
  const got = await rawRequest(port, `${head}2\r\nhi\r\n0\r\nX-T: 1\r\n\r\n`);
  assert.deepEqual([seen[0]!.body, seen[0]!.trailers], ["hi", ["x-t: 1"]]);
  assert.equal(parts(got).rest, "5\r\nhello\r\n0\r\nx-t: 1\r\nx-t: 2\r\n\r\n");
});

test("HTTP/2 passes to HTTP/1.1", async (t) => {
  const { port, upstream: http1 } = await beforeHttp1(t, []);
  const got = await send(port, { ":method": "POST", ":path": "/x" }, "body");
  assert.equal(got.body, "hello\n");
  assert.equal(parts(http1.requests[0]!).first, "POST /x HTTP/1.1");
  assert.equal(parts(http1.requests[0]!).rest, "4\r\nbody\r\n0\r\n\r\n");
});

test("a small body comes in one piece that is the last", async (t) => {
  const { port, running } = await beforeHttp1(t, ["trace"]);
  await send(port, { ":method": "POST", ":path": "/x" }, "body");
  assert.ok(running.logs().includes("info cb rb 2 eos=1 n=4"));
});

test("the guest is told that the protocol is HTTP/2", async (t) => {
  const { port, running } = await beforeHttp1(t, ["rh prop request.protocol"]);
  await send(port, { ":path": "/" });
  assert.deepEqual(running.logs(), ["info prop request.protocol: 0 HTTP/2"]);
});

test("a header with an underscore cuts the stream, an escaped slash is answered 400", async (t) => {
  const { port, upstream: http1 } = await beforeHttp1(t, []);
  await assert.rejects(send(port, { ":path": "/", x_user: "1" }), /NGHTTP2_INTERNAL_ERROR/);
  const { headers } = await send(port, { ":path": "/a%2Fb" });
  assert.equal(headers[0], ":status: 400");
  assert.deepEqual(http1.requests, []);
});
