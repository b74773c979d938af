import assert from "node:assert/strict";
import { test } from "node:test";
import { answering, direct, served } from "./hosts.js";
import { playCase, verdicts } from "./play-text.js";

const QUICK = { timeoutMs: 600 };
const silent = served("silent", () => {});

/** What a host writes before it falls silent, and what is then still awaited. */
const SILENCES: [bytes: string, awaited: string][] = [
  ["HTTP/1.1 200 OK\r\nx-a: b", "the answer's headers"],
  ["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", "the body's rest (3 of 9 bytes came)"],
  [
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
    "the body's next chunk (3 bytes came)",
  ],
  ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n", "the trailers"],
  ["HTTP/1.1 200 OK\r\n\r\nabc", "the body's end (3 bytes came)"],
];

for (const [bytes, awaited] of SILENCES) {
  test(`a host that falls silent is red and says that it still awaits ${awaited}`, async () => {
    const [result] = await playCase("protocol: http1\nclient: { status: 200 }", answering(bytes), QUICK);
    assert.equal(result?.verdict, "failed");
    assert.ok(result.details[0]?.includes(`within 600 ms: still awaited ${awaited}`), result.details[0]);
  });
}

test("a host that never answers is red on both protocols and says that the upstream saw nothing", async () => {
  const results = await playCase("client: { status: 200 }", silent, QUICK);
  const start = "client: no complete answer within 600 ms: still awaited the answer's";
  assert.deepEqual(verdicts(results), [
    `http1 | failed | ${start} start line; no request had reached the upstream`,
    `http2 | failed | ${start} headers; no request had reached the upstream`,
  ]);
});

test("a case's own timeout goes before the general one", async () => {
  const results = await playCase("protocol: http1\ntimeout: 50ms\nclient: { status: 200 }", silent);
  assert.match(results[0]?.details[0] ?? "", /within 50 ms/);
});

test("a body that is shorter than announced hangs at the upstream, which is told", async () => {
  const lines = `protocol: http1
send: { method: POST, headers: { content-length: "9" }, body: abc }
client: { status: 200 }`;
  const [result] = await playCase(lines, direct(), QUICK);
  assert.match(result?.details[0] ?? "", /POST \/ at the upstream had not arrived whole/);
});
