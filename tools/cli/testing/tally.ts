/** How many tests went how. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const total = (of: keyof Tally): number => tallies.reduce((sum, tally) => sum + tally[of], 0);
  return { passed: total("passed"), failed: total("failed"), skipped: total("skipped") };
}

/** The line that ends a report. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
