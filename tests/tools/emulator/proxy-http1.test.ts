import assert from "node:assert/strict";
import { test } from "node:test";
import { beforeHttp1, hello, proxied, start } from "./support/proxied.js";
import { parts, rawRequest, rawUpstream } from "./support/raw.js";

const close = "connection: close\r\n\r\n";

test("a request and its response pass with what Envoy adds, duplicates and odd bytes included", async (t) => {
  const answer =
    "HTTP/1.1 200 OK\r\nX-Odd: \xe9\xff\r\nset-cookie: a\r\nSet-Cookie: b\r\nserver: s\r\ncontent-length: 1\r\n\r\nx";
  const { port, upstream } = await beforeHttp1(t, [], () => answer);
  const sent =
    "GET /a?b HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-odd: \xe9\xff\r\nx-a: 2\r\ncookie: a=1\r\ncookie: b=2\r\n";
  const got = parts(await rawRequest(port, sent + close));
  const seen = parts(upstream.requests[0]!);
  assert.equal(seen.first, "GET /a?b HTTP/1.1");
  const added = /^(x-forwarded-for: [\d.]+|x-request-id: [0-9a-f-]{36})$/;
  assert.deepEqual(
    seen.headers.filter((line) => !added.test(line)),
    [
      "cookie: a=1",
      "cookie: b=2",
      "host: h",
      "x-a: 1",
      "x-a: 2",
      "x-envoy-expected-rq-timeout-ms: 15000",
      "x-envoy-external-address: 127.0.0.1",
      "x-forwarded-proto: http",
      "x-odd: \xe9\xff",
    ],
  );
  assert.equal(seen.headers.filter((line) => added.test(line)).length, 2);
  assert.match(got.headers[2]!, /^date: /);
  assert.match(got.headers.at(-2)!, /^x-envoy-upstream-service-time: \d+$/);
  assert.deepEqual(got.headers.toSpliced(-2, 1).toSpliced(2, 1), [
    "connection: close",
    "content-length: 1",
    "server: envoy",
    "set-cookie: a",
    "set-cookie: b",
    "x-odd: \xe9\xff",
  ]);
  assert.equal(got.rest, "x");
});

test("odd bytes pass beside a body, too", async (t) => {
  const { port, upstream } = await beforeHttp1(t, []);
  await rawRequest(port, `POST / HTTP/1.1\r\nHost: h\r\nx-odd: \xe9\xff\r\ncontent-length: 2\r\n${close}hi`);
  assert.ok(upstream.requests[0]!.includes("\r\nx-odd: \xe9\xff\r\n"));
});

test("chunks and trailers pass in both directions", async (t) => {
  const answer =
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\nx-t: 2\r\n\r\n";
  const { port, upstream, running } = await beforeHttp1(t, ["trace"], () => answer);
  const sent = "POST / HTTP/1.1\r\nHost: h\r\ntransfer-encoding: chunked\r\n";
  const got = await rawRequest(port, `${sent}${close}2\r\nhi\r\n0\r\nX-T: 1\r\nx-t: 2\r\n\r\n`);
  assert.equal(parts(upstream.requests[0]!).rest, "2\r\nhi\r\n0\r\nx-t: 1\r\nx-t: 2\r\n\r\n");
  assert.equal(parts(got).rest, "3\r\nabc\r\n0\r\nx-t: 1\r\nx-t: 2\r\n\r\n");
  const callbacks = running.logs().filter((line) => /cb (rb|rt|sb|st)/.test(line));
  assert.deepEqual(callbacks, [
    "info cb rb 2 eos=0 n=2",
    "info cb rt 2 n=2",
    "info cb sb 2 eos=0 n=3",
    "info cb st 2 n=2",
  ]);
});

test("the end of a body with a known length comes as an empty piece of its own", async (t) => {
  const { port, running } = await beforeHttp1(t, ["trace"]);
  await rawRequest(port, `POST / HTTP/1.1\r\nHost: h\r\ncontent-length: 5\r\n${close}hello`);
  const callbacks = running.logs().filter((line) => /cb (rb|sb)/.test(line));
  assert.deepEqual(callbacks, [
    "info cb rb 2 eos=0 n=5",
    "info cb rb 2 eos=1 n=0",
    "info cb sb 2 eos=0 n=6",
    "info cb sb 2 eos=1 n=0",
  ]);
});

test("a local reply reaches the client as Envoy words it, and the upstream sees nothing", async (t) => {
  const { port, upstream } = await beforeHttp1(t, ["rh reply 401 denied det"]);
  const got = parts(await rawRequest(port, `GET / HTTP/1.1\r\nHost: h\r\n${close}`));
  assert.equal(got.first, "HTTP/1.1 401 Unauthorized");
  assert.deepEqual(
    got.headers.filter((line) => !line.startsWith("date")),
    ["connection: close", "content-length: 6", "content-type: text/plain", "server: envoy"],
  );
  assert.equal(got.rest, "denied");
  assert.deepEqual(upstream.requests, []);
});

test("an answer before the whole request closes the connection; after it the connection lives on", async (t) => {
  const { port } = await beforeHttp1(t, ["rh @/no reply 401 denied -"]);
  const refused = await rawRequest(port, "POST /no HTTP/1.1\r\nHost: h\r\ncontent-length: 9\r\n\r\nhi");
  assert.match(refused, /^HTTP\/1.1 401 .*\r\nconnection: close\r\n/s);
  const first = "GET /no HTTP/1.1\r\nHost: h\r\n\r\n";
  const both = await rawRequest(port, `${first}GET / HTTP/1.1\r\nHost: h\r\n${close}`);
  assert.deepEqual(both.match(/HTTP\/1.1 \d+/g), ["HTTP/1.1 401", "HTTP/1.1 200"]);
});

test("headers of this hop and Envoy's own do not get past", async (t) => {
  const { port, upstream } = await beforeHttp1(t, []);
  const own =
    "x-envoy-retry-on: 5xx\r\nx-request-id: mine\r\nx-forwarded-proto: https\r\nx-forwarded-for: 1.2.3.4\r\n";
  const hop =
    "connection: x-hop, close\r\nx-hop: 1\r\nkeep-alive: 3\r\nproxy-connection: a\r\nte: trailers, gzip\r\n";
  await rawRequest(port, `GET / HTTP/1.1\r\nHost: h\r\n${own}${hop}\r\n`);
  const { headers } = parts(upstream.requests[0]!);
  const names = headers.map((line) => line.split(":")[0]);
  assert.deepEqual(names, [
    "host",
    "te",
    "x-envoy-expected-rq-timeout-ms",
    "x-envoy-external-address",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-request-id",
  ]);
  assert.ok(headers.includes("te: trailers"));
  assert.ok(headers.includes("x-forwarded-proto: http"));
  assert.ok(!headers.includes("x-request-id: mine"));
  assert.match(headers[4]!, /^x-forwarded-for: 1\.2\.3\.4,[\d.]+$/);
});

const upstreamFailures: [what: string, status: number, reason: string][] = [
  ["closes without an answer", 503, "connection termination"],
  ["answers garbage", 502, "protocol error"],
];

for (const [what, status, reason] of upstreamFailures) {
  test(`an upstream that ${what} becomes ${status}`, async (t) => {
    const { port } = await beforeHttp1(t, [], (_request, socket) => {
      if (status === 502) return "garbage\r\n\r\n";
      socket.destroy();
      return null;
    });
    const got = await rawRequest(port, `GET / HTTP/1.1\r\nHost: h\r\n${close}`);
    assert.match(got, new RegExp(`^HTTP/1.1 ${status} `));
    assert.equal(
      parts(got).rest,
      `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`,
    );
  });
}

test("an upstream that is not there becomes 503", async (t) => {
  const upstream = await rawUpstream(() => hello);
  await upstream.close();
  const { port } = await proxied(t, [[]], { port: upstream.port, protocol: "http1" });
  const got = await rawRequest(port, `GET / HTTP/1.1\r\nHost: h\r\n${close}`);
  assert.match(got, /^HTTP\/1.1 503 /);
  assert.match(got, /reset reason: remote connection failure$/);
});

test("a stream on which nothing moves is ended with 504", async (t) => {
  const { port } = await beforeHttp1(t, ["rh ret 1"], () => hello, { streamIdleTimeoutMs: 100 });
  const got = await rawRequest(port, `GET / HTTP/1.1\r\nHost: h\r\n${close}`);
  assert.match(got, /^HTTP\/1.1 504 .*stream timeout$/s);
});

test("a filter that dies answers 503, and the next request finds a fresh VM", async (t) => {
  const { port } = await beforeHttp1(t, ["rh @/trap trap"]);
  await new Promise((resolve) => setTimeout(resolve, 120));
  const get = (path: string) => rawRequest(port, `GET ${path} HTTP/1.1\r\nHost: h\r\n${close}`);
  assert.match(await get("/trap"), /^HTTP\/1.1 503 /);
  assert.match(await get("/"), /^HTTP\/1.1 200 /);
});

test("what filters change so that no upstream could read it is refused as Envoy's router refuses it", async (t) => {
  const { port, upstream } = await beforeHttp1(t, [
    "rh @/value add 0 x-a a_NL_b",
    "rh @/name add 0 x_SP_y 1",
    "rh @/method del 0 :method",
    "rh @/path del 0 :path",
  ]);
  const get = async (path: string) => {
    const got = await rawRequest(port, `GET ${path} HTTP/1.1\r\nHost: h\r\n${close}`);
    return `${got.slice(9, 12)} ${parts(got).rest}`;
  };
  assert.equal(await get("/value"), "503 invalid header value for: x-a");
  assert.equal(await get("/name"), "503 invalid header name: x y");
  assert.equal(await get("/method"), "503 missing required header: :method");
  assert.equal(await get("/path"), "404 ");
  assert.deepEqual(upstream.requests, []);
});

test("filters of a chain see the request in order and the response in reverse", async (t) => {
  const upstream = await rawUpstream(() => hello);
  t.after(() => upstream.close());
  const scripts = [
    ["rh add 0 x-one 1", "rh setprop who one", "sh add 2 x-order one"],
    ["rh get 0 x-one", "rh prop who", "sh add 2 x-order two", "rh @/no reply 401 denied -"],
  ];
  const { port, running } = await proxied(t, scripts, { port: upstream.port, protocol: "http1" });
  const got = await rawRequest(port, `GET / HTTP/1.1\r\nHost: h\r\n${close}`);
  assert.deepEqual(got.match(/^x-order: .*$/gm), ["x-order: two", "x-order: one"]);
  assert.ok(upstream.requests[0]!.includes("\r\nx-one: 1\r\n"));
  assert.ok(running.logs().includes("info get 0 x-one: 0 1"));
  assert.ok(running.logs().includes("info prop who: 0 one"));
  const refused = await rawRequest(port, `GET /no HTTP/1.1\r\nHost: h\r\n${close}`);
  assert.deepEqual(refused.match(/^x-order: .*$/gm), ["x-order: two", "x-order: one"]);
  assert.equal(upstream.requests.length, 1);
});

test("a refused configuration is a start that lists the problems", async (t) => {
  const script = ["conf log 4 configuration:_SP_keys:_SP_required", "conf ret 0"];
  assert.deepEqual(await start(t, [script], { port: 1, protocol: "http1" }), {
    refused: true,
    problems: ["keys: required"],
  });
});
