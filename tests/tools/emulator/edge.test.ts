import assert from "node:assert/strict";
import { test } from "node:test";
import { normalisePath } from "../../../tools/emulator/proxy/path.js";
import { beforeHttp1 } from "./support/proxied.js";
import { rawRequest } from "./support/raw.js";

// As Envoy 1.40 was seen to pass them on; null: answered 400.
const paths: [sent: string, seen: string | null][] = [
  ["/", "/"],
  ["/..", "/"],
  ["/../a", "/a"],
  ["/a/..", "/"],
  ["/a/./", "/a/"],
  ["/a/.", "/a/"],
  ["/a/b/../../..", "/"],
  ["/...", "/..."],
  ["/a/..b", "/a/..b"],
  ["//", "//"],
  ["///a", "/a"],
  ["/a//?q", "/a/?q"],
  ["/a//..//b", "/a/b"],
  ["/a/%2e%2e/b", "/b"],
  ["/a/.%2E/b", "/b"],
  ["/a;b=1/../c", "/c"],
  ["/%61%7e%2d", "/a~-"],
  ["/a%2525", "/a%2525"],
  ["/a%", "/a%"],
  ["/%c3%a9", "/%c3%a9"],
  ["/a\\b", "/a/b"],
  ['/{}|^`"<>', "/%7B%7D%7C%5E%60%22%3C%3E"],
  ["/[]", "/[]"],
  ["/a?x//y/../z%2f%00", "/a?x//y/../z%2f%00"],
  ["/a%2fb", null],
  ["/a%5Cb", null],
  ["/a%00b", null],
  ["/a#b", null],
  ["/a?b#c", null],
  ["a", null],
];

for (const [sent, seen] of paths) {
  test(`the path ${sent} ${seen === null ? "is refused" : `becomes ${seen}`}`, () => {
    assert.equal(normalisePath(sent), seen);
  });
}

const close = "connection: close\r\n\r\n";
const requests: [what: string, request: string, status: number][] = [
  ["a header with an underscore", `GET / HTTP/1.1\r\nHost: h\r\nx_user: 1\r\n${close}`, 400],
  ["a control character in a value", `GET / HTTP/1.1\r\nHost: h\r\nx: a\x01b\r\n${close}`, 400],
  ["a delete character in a value", `GET / HTTP/1.1\r\nHost: h\r\nx: a\x7fb\r\n${close}`, 400],
  ["a path that is not ASCII", `GET /\xe9 HTTP/1.1\r\nHost: h\r\n${close}`, 400],
  ["an escaped slash", `GET /a%2Fb HTTP/1.1\r\nHost: h\r\n${close}`, 400],
  ["no host", `GET / HTTP/1.1\r\n${close}`, 400],
  ["a host that is none", `GET / HTTP/1.1\r\nHost: a/b\r\n${close}`, 400],
  [
    "a length and chunks",
    "POST / HTTP/1.1\r\nHost: h\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
    400,
  ],
  ["two lengths", "POST / HTTP/1.1\r\nHost: h\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\nx", 400],
  [
    "a coding that is not chunked",
    `POST / HTTP/1.1\r\nHost: h\r\ntransfer-encoding: gzip, chunked\r\n${close}`,
    501,
  ],
  ["HTTP/1.0", "GET / HTTP/1.0\r\nHost: h\r\n\r\n", 426],
  ["an upgrade", "GET / HTTP/1.1\r\nHost: h\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n", 403],
  ["another scheme", `GET https://h/ HTTP/1.1\r\nHost: h\r\n${close}`, 403],
  ["the host as a header of this hop", "GET / HTTP/1.1\r\nHost: h\r\nconnection: host\r\n\r\n", 400],
  ["more than 100 headers", `GET / HTTP/1.1\r\nHost: h\r\n${"a: 1\r\n".repeat(99)}${close}`, 431],
  ["more than 60 KiB of headers", `GET / HTTP/1.1\r\nHost: h\r\na: ${"x".repeat(61500)}\r\n${close}`, 431],
  ["garbage", "garbage\r\n\r\n", 400],
];

test("what Envoy's generated configuration turns away never reaches filter or upstream", async (t) => {
  const { port, upstream, running } = await beforeHttp1(t, ["trace"]);
  for (const [what, request, status] of requests) {
    const got = await rawRequest(port, request);
    assert.match(got, new RegExp(`^HTTP/1.1 ${status} `), what);
    assert.match(got, /\r\nserver: envoy\r\n/, what);
  }
  assert.deepEqual(upstream.requests, []);
  assert.ok(!running.logs().some((line) => line.includes("cb rh")));
});

test("a filter is told of the end of a request that it never saw", async (t) => {
  const { port, running } = await beforeHttp1(t, ["trace", "log prop response.code_details"]);
  await rawRequest(port, `GET /a%2Fb HTTP/1.1\r\nHost: h\r\n${close}`);
  assert.deepEqual(running.logs().slice(-5), [
    "info cb create 2 root=1",
    "info cb log 2",
    "info prop response.code_details: 0 path_normalization_failed",
    "info cb done 2",
    "info cb delete 2",
  ]);
});
