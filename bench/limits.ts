/** A bound that a figure must keep. */
export interface Limit {
  readonly name: string;
  /** What was measured; null when it could not be, with the reason in `missing`. */
  readonly value: number | null;
  readonly atMost: number;
  readonly unit: string;
  readonly missing?: string;
}

export type Verdict = "passed" | "failed" | "skipped";

/** What became of a limit; one without a figure is skipped, never passed. */
export function verdict(limit: Limit): Verdict {
  if (limit.value === null) return "skipped";
  return limit.value <= limit.atMost ? "passed" : "failed";
}

/** The limit as one line. */
export function limitLine(limit: Limit): string {
  const label = { passed: "ok  ", failed: "FAIL", skipped: "skip" }[verdict(limit)];
  const figure = limit.value === null ? `not measured (${limit.missing ?? "no figure"})` : shown(limit.value);
  const unit = limit.value === null || limit.unit === "" ? "" : ` ${limit.unit}`;
  return `${label} ${limit.name}: ${figure}${unit}, at most ${shown(limit.atMost)}`;
}

function shown(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

/** Line of totals, as in `5 passed, 1 failed, 2 skipped`. */
export function totals(limits: readonly Limit[]): string {
  const count = (wanted: Verdict): number => limits.filter((limit) => verdict(limit) === wanted).length;
  const skipped = count("skipped");
  return `${count("passed")} passed, ${count("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
