import assert from "node:assert/strict";
import { test } from "node:test";
import { direct, piped, served } from "./hosts.js";
import { playCase, verdicts } from "./play-text.js";

/** Cases that hold where nothing stands between client and upstream. */
const CASES: [name: string, lines: string][] = [
  [
    "defaults are GET / and 200 hello",
    'client: { status: 200, body: "hello\\n" }\nupstream: { method: GET, path: /, body: "" }',
  ],
  [
    "repeated headers keep their values and order",
    `send: { headers: { x-a: ["1", "2", "1"] } }
respond: { headers: [[x-b, "2"], [x-c, ""], [x-b, "1"]] }
client: { headers: { X-B: ["2", "1"], x-c: "" } }
upstream: { headers: [[X-A, "1"], [x-a, "2"], [x-a, "1"]], without: [x-b] }`,
  ],
  [
    "bytes that are not text arrive unchanged",
    `send: { headers: { x-a: { base64: /+k= } }, body: { base64: AP8K } }
respond: { headers: { x-b: { base64: gA== } }, body: { base64: /wA= } }
client: { headers: { x-b: { base64: gA== } }, body: { base64: /wA= } }
upstream: { headers: { x-a: { base64: /+k= } }, body: { base64: AP8K } }`,
  ],
  [
    "text beyond ASCII travels as UTF-8",
    `send: { headers: { x-a: grün€ } }
client: {status: 200}
upstream: { headers: { x-a: { base64: Z3LDvG7igqw= } } }`,
  ],
  [
    "chunks are joined and trailers kept, both ways",
    `send: { method: POST, chunks: [one, two], trailers: { x-t: [a, b] } }
respond: { chunks: [three, four], trailers: { x-u: "", X-V: c } }
client: { body: threefour, trailers: { x-u: "", x-v: c } }
upstream: { method: POST, body: onetwo, trailers: { x-t: [a, b] } }`,
  ],
  [
    "a body alone has its length announced",
    `send: { method: POST, body: 12345 }
respond: { body: "" }
client: { headers: { content-length: "0" }, body: "" }
upstream: { headers: { content-length: "5" }, without: [transfer-encoding] }`.replace("12345", '"12345"'),
  ],
  [
    "matching and containing serve for headers, paths and bodies",
    `send: { path: /a?b=c, headers: { x-a: k-alice } }
client: { body: { matches: "^hel+o\\n$" } }
upstream: { path: { contains: "?b=" }, headers: { x-a: { matches: "^k-[a-z]+$" } } }`,
  ],
  [
    "HEAD has an announced length and no body",
    'send: { method: HEAD }\nclient: { status: 200, body: "", headers: { content-length: "6" } }',
  ],
  [
    "204 has no body",
    'respond: { status: 204 }\nclient: { status: 204, body: "", without: [content-length] }',
  ],
  [
    "a host header becomes the authority of HTTP/2",
    "send: { headers: { host: a.test } }\nclient: {status: 200}\nupstream: { headers: { host: a.test } }",
  ],
  [
    "a request that expects 100 holds its body back until it comes",
    `send: { method: POST, headers: { expect: 100-continue }, body: late }
client: { status: 200, informational: [100] }
upstream: { body: late }`,
  ],
  [
    "a big body passes",
    `send: { method: POST, body: "${"x".repeat(300_000)}" }\nclient: {status: 200}\nupstream: { body: { matches: "^x{300000}$" } }`,
  ],
  ["a case is repeated as often as it says", "repeat: 20\nclient: { status: 200 }\nupstream: { path: / }"],
];

for (const [name, lines] of CASES) {
  test(name, async () => {
    const results = await playCase(lines, direct());
    assert.deepEqual(verdicts(results), ["http1 | passed", "http2 | passed"]);
  });

  test(`${name}, through a pipe`, async () => {
    assert.deepEqual(verdicts(await playCase(lines, piped())), ["http1 | passed", "http2 | passed"]);
  });
}

test("header lines of HTTP/1.1 arrive in the order and the letters in which the case has them", async () => {
  const lines = `protocol: http1
send: { headers: [[X-One, a], [hOST, b], [x-one, c]] }
client: { status: 200 }`;
  const [result] = await playCase(lines, piped());
  assert.deepEqual(result?.observed?.upstream.requests[0]?.lines, [
    ["X-One", "a"],
    ["hOST", "b"],
    ["x-one", "c"],
  ]);
});

test("chunks arrive apart from each other", async () => {
  const seen: string[] = [];
  const note = (bytes: string): string => (seen.push(bytes), bytes);
  await playCase("protocol: http1\nsend: { chunks: [one, two] }\nclient: { status: 200 }", piped(note));
  assert.ok(
    seen.some((bytes) => bytes.includes("one") && !bytes.includes("two")),
    seen.join("|"),
  );
});

test("a body that waits for 100 is not sent after a refusal", async () => {
  const seen: string[] = [];
  const host = served("refusing", (client) => {
    client.on("data", (data) => {
      seen.push(data.toString());
      setTimeout(() => client.write("HTTP/1.1 417 No\r\ncontent-length: 0\r\n\r\n"), 30);
    });
  });
  const lines = `protocol: http1
send: { method: POST, headers: { expect: 100-continue }, body: late }
client: { status: 417 }
upstream: none`;
  assert.deepEqual(verdicts(await playCase(lines, host)), ["http1 | passed"]);
  assert.ok(!seen.join("").includes("late"), seen.join(""));
});
