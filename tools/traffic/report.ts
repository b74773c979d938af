import { createColors } from "picocolors";
import { differencesIn, totalsOf } from "./play/result.js";
import type { CaseResult, Verdict } from "./play/result.js";
import { showObserved } from "./show-observed.js";

export interface ReportOptions {
  /** Also shows what client and upstream saw, and the filters' log lines. */
  verbose?: boolean;
  color?: boolean;
}

/** The whole report: a line per case and host, what failed, where hosts differ, and the totals as the last line. */
export function formatReport(results: readonly CaseResult[], options: ReportOptions = {}): string {
  const sections = [
    results.flatMap((one) => formatCase(one, results, options)),
    failures(results),
    differences(results),
    [totalsLine(results)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

export function totalsLine(results: readonly CaseResult[]): string {
  const { passed, failed, notPlayed } = totalsOf(results);
  return `${passed} passed, ${failed} failed, ${notPlayed} not played`;
}

function formatCase(
  one: CaseResult,
  all: readonly CaseResult[],
  { verbose, color }: ReportOptions,
): string[] {
  const hostWidth = Math.max(...all.map((other) => other.host.length));
  const duration = one.verdict === "not played" ? "" : `${one.durationMs.toFixed(0)} ms`;
  const columns = [
    paint(one.verdict, color ?? false),
    one.host.padEnd(hostWidth),
    (one.protocol ?? "-").padEnd(5),
    duration.padStart(8),
    titleOf(one),
  ];
  const reason = one.verdict === "not played" ? [`${" ".repeat(12)}${one.details.join("; ")}`] : [];
  return [columns.join("  "), ...reason, ...(verbose ? showObserved(one.observed) : [])];
}

function paint(verdict: Verdict, color: boolean): string {
  const colors = createColors(color);
  const text = verdict.padEnd(10);
  if (verdict === "passed") return colors.green(text);
  return verdict === "failed" ? colors.red(text) : colors.yellow(text);
}

function titleOf(one: CaseResult): string {
  return `${one.filter}: ${one.name}`;
}

function failures(results: readonly CaseResult[]): string[] {
  const failed = results.filter((one) => one.verdict === "failed");
  return failed.flatMap((one) => [
    `FAILED ${titleOf(one)} (${[one.host, one.protocol].filter(Boolean).join(", ")}) at ${one.file}:${one.line}`,
    ...one.details.map((detail) => `  ${detail}`),
  ]);
}

function differences(results: readonly CaseResult[]): string[] {
  return differencesIn(results).map((group) => {
    const verdicts = group.map((one) => `${one.verdict} on ${one.host}`).join(", ");
    const { file, line, protocol } = group[0]!;
    return `HOSTS DIFFER ${titleOf(group[0]!)} (${protocol ?? "configuration"}): ${verdicts}, at ${file}:${line}`;
  });
}
