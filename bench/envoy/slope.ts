/** Counts of one window: what a small and a big load cost, start-up and timers included in both. */
export interface Window {
  readonly small: number;
  readonly big: number;
}

/** Figures of several windows. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Cost of one request in a window: what the bigger load costs more, shared by the requests it has more. */
export function slope(window: Window, smallRequests: number, bigRequests: number): number {
  if (bigRequests <= smallRequests)
    throw new Error("the big load must have more requests than the small one");
  return (window.big - window.small) / (bigRequests - smallRequests);
}

/** Median, least and greatest of at least one value. */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error("no values to take a median of");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { median, min: sorted[0]!, max: sorted[sorted.length - 1]! };
}
