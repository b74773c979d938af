import assert from "node:assert/strict";
import { test } from "node:test";
import { direct } from "./hosts.js";
import { playCase, verdicts } from "./play-text.js";

/** Wrong expectations of a plain exchange, and what is said of each on both protocols. */
const WRONG: [name: string, lines: string, details: string[]][] = [
  ["a status", "client: { status: 401 }", ['client status: expected 401, saw 200 with the body "hello\\n"']],
  [
    "a header's value",
    "send: {headers: {x-foo: b}}\nupstream: { headers: { x-foo: a } }",
    ['upstream header x-foo: expected "a", saw "b"'],
  ],
  ["an absent header", "client: { headers: { x-foo: a } }", ['client header x-foo: expected "a", saw none']],
  ["an empty value", 'client: { headers: { x-foo: "" } }', ['client header x-foo: expected "", saw none']],
  [
    "a repeated header given as one",
    "send: {headers: {x: [a, a]}}\nupstream: { headers: { x: a } }",
    ['upstream header x: expected "a", saw ["a", "a"]'],
  ],
  [
    "an order of values",
    "send: {headers: {x: [a, b]}}\nupstream: { headers: { x: [b, a] } }",
    ['upstream header x: expected ["b", "a"], saw ["a", "b"]'],
  ],
  [
    "a header that must be absent",
    "respond: {headers: {X-Secret: s}}\nclient: { without: [x-secret] }",
    ['client header x-secret: expected none, saw "s"'],
  ],
  ["a body", "client: { body: bye }", ['client body: expected "bye", saw "hello\\n"']],
  [
    "bytes",
    "respond: {body: {base64: /w==}}\nclient: { body: {base64: /g==} }",
    ["client body: expected { base64: /g== }, saw { base64: /w== }"],
  ],
  [
    "a pattern",
    "client: { body: { matches: ^x } }",
    ['client body: expected a match of /^x/, saw "hello\\n"'],
  ],
  ["a part", "client: { body: { contains: x } }", ['client body: expected a text with "x", saw "hello\\n"']],
  [
    "a trailer",
    "respond: {trailers: {x-t: a}}\nclient: { trailers: { x-t: b } }",
    ['client trailer x-t: expected "b", saw "a"'],
  ],
  [
    "a method and a path",
    "upstream: { method: PUT, path: /x }",
    ['upstream method: expected "PUT", saw "GET"', 'upstream path: expected "/x", saw "/"'],
  ],
  [
    "an upstream that sees nothing",
    "send: {path: /x}\nclient: { status: 200 }\nupstream: none",
    ["upstream: expected no request, saw GET /x"],
  ],
  ["a cut answer", "client: { cut: true }", ["client: expected a message cut short, saw a complete one"]],
  ["a 1xx status", "client: { informational: [103] }", ["client informational: expected 103, saw none"]],
];

for (const [name, lines, details] of WRONG) {
  test(`a wrong expectation of ${name} is red and says why`, async () => {
    const results = await playCase(lines, direct());
    const expected = ["http1", "http2"].map((protocol) => [protocol, "failed", ...details].join(" | "));
    assert.deepEqual(verdicts(results), expected);
  });
}
