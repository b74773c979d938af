import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { comparisons, compared, type Comparisons } from "./library.js";

// Times are noise on a machine that does other things as well. Instructions are not: where inputs take equally many, with no
// address that depends on a secret, times cannot tell them apart. `npm run test:long` measures times too.

const each = 200;

let module: Comparisons;
before(async () => {
  module = await comparisons(true);
});

describe("as many instructions are executed, whether", () => {
  for (const { name, export: called, prepare, inputs } of compared) {
    test(`${name} ${Object.keys(inputs).join(", ")}`, () => {
      prepare(module);
      module.instructionsOf(called, ...Object.values(inputs)[0]!());
      const counts = Object.values(inputs).map((input) =>
        Array.from({ length: each }, () => module.instructionsOf(called, ...input())),
      );
      assert.ok(counts[0]![0]! > 100);
      assert.deepEqual([...new Set(counts.flat())], [counts[0]![0]]);
    });
  }
});
