import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOptions } from "../../../bench/options.js";
import { UserError } from "../../../tools/errors.js";

test("everything runs unless parts are chosen", () => {
  const parts = ["sizes", "guest", "envoy", "w2", "w3", "keys", "memory", "scale"];
  assert.deepEqual(parseOptions([]), { parts, quick: false, write: false });
});

test("chosen parts run in their own order", () => {
  assert.deepEqual(parseOptions(["--only", "envoy,sizes", "--quick"]).parts, ["sizes", "envoy"]);
});

for (const args of [["--only", "speed"], ["--fast"], ["sizes"]]) {
  test(`${args.join(" ")} is wrong use, answered with the usage`, () => {
    assert.throws(
      () => parseOptions(args),
      (error) => error instanceof UserError && /^usage: npm run bench/.test(error.hint ?? ""),
    );
  });
}
