import assert from "node:assert/strict";
import { test } from "node:test";
import { randomOf } from "../../../tools/parity/random.js";
import { sequenceOf } from "../../../tools/parity/sequence.js";

const many = Array.from({ length: 300 }, (_, index) => sequenceOf(7, index));

test("a seed and an index always give the same sequence", () => {
  assert.deepEqual(sequenceOf(7, 42), many[42]);
});

test("seeds and indices give different sequences", () => {
  const texts = [...many, ...many.map((_, index) => sequenceOf(8, index))].map((one) => JSON.stringify(one));
  assert.equal(new Set(texts).size, 600);
});

test("numbers are spread over their range, at the ends of the seeds too", () => {
  for (const seed of [0, 1, 2 ** 32 - 1]) {
    const random = randomOf(seed, 0);
    const counts = [0, 0, 0, 0];
    random.times(4000, () => counts[random.below(4)]!++);
    for (const count of counts) assert.ok(count > 850 && count < 1150, `seed ${seed}: ${counts.join()}`);
  }
});

test("weights decide how often an alternative is chosen, and 0 is never", () => {
  const random = randomOf(1, 1);
  const chosen = random.times(1000, () =>
    random.weigh([
      [3, "often"],
      [1, "seldom"],
      [0, "never"],
    ] as const),
  );
  const often = chosen.filter((one) => one === "often").length;
  assert.ok(often > 680 && often < 820, String(often));
  assert.ok(!chosen.some((one) => one === "never"));
});

test("all kinds of operations, stages and protocols come up", () => {
  const operations = new Set(many.flatMap((one) => one.programs.flat().map(({ words }) => words[0])));
  for (const name of [
    "get",
    "set",
    "add",
    "del",
    "pairs",
    "body",
    "write",
    "reply",
    "return",
    "continue",
    "close",
  ])
    assert.ok(operations.has(name), name);
  const stages = new Set(many.map(({ stage }) => JSON.stringify(stage)));
  assert.ok(stages.size >= 6);
  assert.deepEqual(new Set(many.map(({ protocol }) => protocol)), new Set(["http1", "http2"]));
  assert.ok(many.some(({ request }) => request.trailers.length > 0));
  assert.ok(many.some(({ response }) => response.pieces.join("").length === 70_000));
});

test("a path begins with the number of its sequence", () => {
  for (const { request, index } of many) assert.match(request.path, new RegExp(`^/${index}(?!\\d)`));
});
