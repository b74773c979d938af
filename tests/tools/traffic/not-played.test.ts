import assert from "node:assert/strict";
import { test } from "node:test";
import { totalsOf, totalsLine } from "../../../tools/traffic/index.js";
import { direct, hostOf } from "./hosts.js";
import { play, playCase, verdicts } from "./play-text.js";

const HTTP2_CANNOT: [name: string, send: string, reason: string][] = [
  [
    "a repeated authorization",
    "{ headers: { authorization: [a, b] } }",
    "the HTTP/2 client cannot send authorization more than once",
  ],
  ["a NUL", '{ headers: { x-a: "a\\0b" } }', "the HTTP/2 client cannot send a NUL in x-a"],
  [
    "a header of the connection",
    "{ headers: { Connection: x-a } }",
    'HTTP/2 has no header connection: "x-a"',
  ],
  ["a name with a blank", "{ headers: { x a: b } }", 'the HTTP/2 client cannot send the header name "x a"'],
  ["two hosts", "{ headers: { host: [a, b] } }", "HTTP/2 has one authority: host is there more than once"],
];

for (const [name, send, reason] of HTTP2_CANNOT) {
  test(`${name} is played on HTTP/1.1, and shown as not played on HTTP/2`, async () => {
    const results = await playCase(`send: ${send}\nclient: { status: 200 }`, direct());
    assert.deepEqual(verdicts(results), ["http1 | passed", `http2 | not played | ${reason}`]);
  });
}

test("a value that the HTTP/2 client would silently drop is not played there", async () => {
  const results = await playCase(
    'respond: { headers: { x-a: "a\\x01" } }\nclient: { without: [x-b] }',
    direct(),
  );
  const reason = 'HTTP/2 by Node does not show the value "a\\u0001" of x-a';
  assert.deepEqual(verdicts(results), ["http1 | passed", `http2 | not played | ${reason}`]);
});

test("a value that an HTTP/2 upstream would silently drop is not played on either protocol", async () => {
  const text = `filter: plain
upstream_protocol: http2
cases:
  - { name: one, send: { headers: { x-a: "a\\x01" } }, upstream: { without: [x-b] } }
`;
  assert.deepEqual(totalsOf(await play(text, direct())), { passed: 0, failed: 0, notPlayed: 2 });
});

test("a host that cannot play a case is counted with its reason and never as passed, nor started for it", async () => {
  const host = hostOf("emulator", () => Promise.reject(new Error("was started")));
  const results = await playCase("cannot: { emulator: has no TLS }\nclient: { status: 200 }", host);
  assert.deepEqual(verdicts(results), ["http1 | not played | has no TLS", "http2 | not played | has no TLS"]);
  assert.equal(totalsLine(results), "0 passed, 0 failed, 2 not played");
});

test("another host plays that case", async () => {
  const results = await playCase("cannot: { emulator: has no TLS }\nclient: { status: 200 }", direct());
  assert.deepEqual(verdicts(results), ["http1 | passed", "http2 | passed"]);
});

test("a case with one protocol is played with that one", async () => {
  const results = await playCase("protocol: http2\nclient: { status: 200 }", direct());
  assert.deepEqual(verdicts(results), ["http2 | passed"]);
});
