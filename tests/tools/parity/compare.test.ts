import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesOf } from "../../../tools/parity/compare.js";
import { parsed } from "../../../tools/parity/program.js";
import { reportLines, totals } from "../../../tools/parity/report.js";
import { sequenceOf } from "../../../tools/parity/sequence.js";
import type { View } from "../../../tools/parity/view.js";

const sequence = { ...sequenceOf(1, 5), programs: [[parsed("rh get 0 x-a")]] };
const view: View = { client: ["status 200"], upstream: ["GET /"], log: ["a", "b", "c"], metrics: [] };

test("equal views have no differences", () => {
  assert.deepEqual(differencesOf(sequence, view, { ...view }), []);
});

test("of a difference only the lines between what is alike are shown", () => {
  const other = { ...view, log: ["a", "x", "y", "c"] };
  assert.deepEqual(differencesOf(sequence, view, other), [{ part: "log", left: ["b"], right: ["x", "y"] }]);
});

test("a line that only one host has is a difference, at the end too", () => {
  const other = { ...view, log: ["a", "b", "c", "c"] };
  assert.deepEqual(differencesOf(sequence, view, other), [{ part: "log", left: [], right: ["c"] }]);
});

test("each part is compared", () => {
  for (const part of ["client", "upstream", "log", "metrics"] as const)
    assert.equal(differencesOf(sequence, view, { ...view, [part]: ["other"] })[0]?.part, part);
});

test("a request that never came is a difference, unless a filter gave it up on its way", () => {
  const without = { ...view, upstream: [] };
  assert.equal(differencesOf(sequence, view, without).length, 1);
  const givenUp = { ...sequence, programs: [[parsed("re reply 401 no no -1")]] };
  assert.deepEqual(differencesOf(givenUp, view, without), []);
  assert.equal(differencesOf(givenUp, view, { ...view, upstream: ["POST /"] }).length, 1);
});

test("a report names the seed, how to replay, the program, and what each host showed", () => {
  const differences = differencesOf(sequence, view, { ...view, log: [] });
  const text = reportLines({ sequence, differences }, ["emulator", "envoy"]).join("\n");
  assert.match(text, /^seed 1, sequence 5: npm run parity -- --seed 1 --sequence 5$/m);
  assert.match(text, /filter a.*: rh get 0 x-a$/m);
  assert.match(text, /^ +emulator \| a$/m);
  assert.match(text, /^ +envoy {4}\| nothing$/m);
});

test("the totals line counts what differs, and apart from it what is a matter of timing", () => {
  const one = { sequence, differences: [] };
  const outcome = { compared: 9, different: [one], unsteady: [] };
  assert.equal(totals(3, outcome, 12.3), "seed 3: 9 sequences, 1 differences (12 s)");
  assert.equal(
    totals(3, { ...outcome, unsteady: [one, one] }, 1),
    "seed 3: 9 sequences, 1 differences, 2 unsteady (1 s)",
  );
});
