import assert from "node:assert/strict";
import { test } from "node:test";
import { parsed, probeConfiguration, written } from "../../../tools/parity/program.js";

test("an operation is read back as it was written, with bytes of every kind", () => {
  const words = ["set", "0", "x a", "", "~%\n\0\xff", "plain-value:1/2"];
  assert.deepEqual(parsed(written({ phase: "rh", words })), { phase: "rh", words });
});

test("an operation stays on one line, and blanks part its words only", () => {
  const line = written({ phase: "log", words: ["prop", "a b\nc", ""] });
  assert.equal(line, "log prop a%20b%0ac ~");
});

test("a configuration names the probe, and then each operation with its sequence", () => {
  const programs = new Map([
    [3, [{ phase: "rh" as const, words: ["get", 0, "x-a"] }]],
    [4, []],
  ]);
  assert.equal(probeConfiguration("a", programs), "a\n3 rh get 0 x-a");
});
