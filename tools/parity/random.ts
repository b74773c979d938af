/** Choices that a seed decides: equal seeds give equal choices. */
export interface Random {
  /** At least 0, less than `limit`. */
  below(limit: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of the alternatives, each as likely as its weight says. */
  weigh<T>(alternatives: readonly (readonly [weight: number, what: T])[]): T;
  /** `count` results; none where it is 0. */
  times<T>(count: number, make: () => T): T[];
}

/** Both are unsigned 32-bit numbers; the sequences of one seed have nothing in common. */
export function randomOf(seed: number, sequence: number): Random {
  const next = mulberry(scramble(scramble(seed) ^ Math.imul(sequence + 1, 0x9e3779b1)));
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  return {
    below,
    pick,
    chance: (probability) => next() < probability,
    weigh: (alternatives) => weighed(alternatives, next()),
    times: (count, make) => Array.from({ length: count }, make),
  };
}

function weighed<T>(alternatives: readonly (readonly [number, T])[], fraction: number): T {
  let rest = fraction * alternatives.reduce((sum, [weight]) => sum + weight, 0);
  return alternatives.find(([weight]) => (rest -= weight) < 0)![1];
}

function scramble(number: number): number {
  let hash = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mulberry(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
