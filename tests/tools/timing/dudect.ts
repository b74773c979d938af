import { momentsOf, welch } from "./welch.js";

// After Reparaz, Balasch, Verbauwhede, "Dude, is my code constant time?" (2017): inputs of two classes in random order, the
// time of each measured, and Welch's t over all times and over those below some limits, for what is slow is mostly noise.

/** Beyond this, times of the two classes differ for certain. */
export const limit = 4.5;
/** Shares of the times that count, from the shortest one. */
const crops = [1, 0.99, 0.95, 0.9, 0.8, 0.7, 0.5];
/** The first ones are run while the code is still being compiled. */
const warmUp = 20_000;

/** Prepares an input of a class; what is returned is what is measured. */
export type Prepare = (inputClass: 0 | 1) => () => unknown;

/** The t that is farthest from 0. */
export function largestT(prepare: Prepare, samples: number): number {
  for (let i = 0; i < warmUp; i++) prepare(i % 2 === 0 ? 0 : 1)();
  const times = new Float64Array(samples);
  const classes = new Uint8Array(samples);
  for (let i = 0; i < samples; i++) {
    const inputClass = Math.random() < 0.5 ? 0 : 1;
    const run = prepare(inputClass);
    const start = process.hrtime.bigint();
    run();
    times[i] = Number(process.hrtime.bigint() - start);
    classes[i] = inputClass;
  }
  return farthest(times, classes);
}

/** The same for times that were measured elsewhere. */
export function farthest(times: Float64Array, classes: Uint8Array): number {
  const sorted = times.slice().sort();
  const all = crops.map((share) => {
    const most = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
    return tBelow(times, classes, most);
  });
  return all.reduce((worst, t) => (Math.abs(t) > Math.abs(worst) ? t : worst), 0);
}

function tBelow(times: Float64Array, classes: Uint8Array, most: number): number {
  const of = function* (wanted: number): Generator<number> {
    for (let i = 0; i < times.length; i++) if (classes[i] === wanted && times[i]! <= most) yield times[i]!;
  };
  return welch(momentsOf(of(0)), momentsOf(of(1)));
}
