import assert from "node:assert/strict";
import { test } from "node:test";
import { farthest, limit } from "./dudect.js";
import { momentsOf, welch } from "./welch.js";

test("Welch's t is what it is by hand", () => {
  const t = welch(momentsOf([1, 2, 3, 4]), momentsOf([3, 4, 5, 6]));
  assert.ok(Math.abs(t + 2 / Math.sqrt((2 * (5 / 3)) / 4)) < 1e-9);
});

/** Times around 1,000 with a long tail, as machines have them. */
function times(more: (inputClass: number) => number): [Float64Array, Uint8Array] {
  const classes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) & 1);
  const noise = (i: number): number => ((i * 2654435761) % 1000) / 10 + (i % 97 === 0 ? 50_000 : 0);
  return [Float64Array.from(classes, (one, i) => 1000 + noise(i) + more(one)), classes];
}

test("two nanoseconds in a thousand are found under noise of a hundred", () => {
  assert.ok(Math.abs(farthest(...times((inputClass) => 2 * inputClass))) > limit);
});

test("where there is no difference, none is found", () => {
  assert.ok(Math.abs(farthest(...times(() => 0))) < limit);
});
