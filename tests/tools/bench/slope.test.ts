import assert from "node:assert/strict";
import { test } from "node:test";
import { slope, spread } from "../../../bench/envoy/slope.js";

test("what both loads cost alike cancels out of the slope", () => {
  const fixed = 5_000_000;
  assert.equal(slope({ small: fixed + 200 * 75_000, big: fixed + 1200 * 75_000 }, 200, 1200), 75_000);
});

test("a slope needs a bigger load", () => {
  assert.throws(() => slope({ small: 1, big: 2 }, 200, 200), /more requests/);
});

test("the middle one of an odd number of windows is the median", () => {
  assert.deepEqual(spread([30, 10, 20]), { median: 20, min: 10, max: 30 });
});

test("the mean of the two in the middle is the median of an even number", () => {
  assert.deepEqual(spread([40, 10, 20, 30]), { median: 25, min: 10, max: 40 });
});

test("no windows have no median", () => {
  assert.throws(() => spread([]), /no values/);
});
