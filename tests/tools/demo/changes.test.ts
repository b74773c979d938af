import assert from "node:assert/strict";
import { test } from "node:test";
import { changesBetween } from "../../../tools/demo/changes.js";

type Lines = [string, string][];

const examples: [what: string, before: Lines, after: Lines, changes: string[]][] = [
  ["nothing", [["a", "1"]], [["a", "1"]], []],
  ["a header that came", [], [["a", "1"]], ["added a 1"]],
  ["a header that went, without its value", [["x-api-key", "secret"]], [], ["removed x-api-key "]],
  ["a header with another value", [["a", "1"]], [["a", "2"]], ["changed a 2"]],
  [
    "one more value",
    [["a", "1"]],
    [
      ["a", "1"],
      ["a", "2"],
    ],
    ["added a 2"],
  ],
  [
    "one value less",
    [
      ["a", "1"],
      ["a", "2"],
    ],
    [["a", "2"]],
    ["changed a 2"],
  ],
  ["names in another case", [["X-A", "1"]], [["x-a", "1"]], []],
  [
    "what the proxy does itself",
    [["host", "a"]],
    [
      ["x-request-id", "9"],
      ["x-envoy-a", "1"],
      ["server", "envoy"],
    ],
    [],
  ],
  ["pseudo-headers", [[":path", "/"]], [[":path", "/b"]], []],
];

for (const [what, before, after, expected] of examples) {
  test(`sees ${what}`, () => {
    const seen = changesBetween(before, after).map(({ kind, name, value }) => `${kind} ${name} ${value}`);
    assert.deepEqual(seen, expected);
  });
}
