/** What is known of numbers that come one after another. */
export interface Moments {
  count: number;
  mean: number;
  /** Sum of squared differences from the mean. */
  squares: number;
}

export function momentsOf(values: Iterable<number>): Moments {
  const moments = { count: 0, mean: 0, squares: 0 };
  for (const value of values) {
    const difference = value - moments.mean;
    moments.count++;
    moments.mean += difference / moments.count;
    moments.squares += difference * (value - moments.mean);
  }
  return moments;
}

/** Welch's t: how far two means are apart, in standard errors. 0 where there is too little to say. */
export function welch(a: Moments, b: Moments): number {
  if (a.count < 2 || b.count < 2) return 0;
  const error = ({ count, squares }: Moments): number => squares / (count - 1) / count;
  const total = Math.sqrt(error(a) + error(b));
  return total === 0 ? (a.mean === b.mean ? 0 : Infinity) : (a.mean - b.mean) / total;
}
