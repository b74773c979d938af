import type { Terminal } from "../terminal/index.js";
import type { Difference } from "./compare.js";
import { written } from "./program.js";
import type { Comparison, Outcome } from "./run.js";
import { titleOf, type Sequence } from "./sequence.js";

const mostLines = 8;
const longestLine = 240;

/** What differed, and how to play just that again. */
export function reportLines(
  { sequence, differences }: Comparison,
  names: readonly [string, string],
): string[] {
  return [
    titleOf(sequence),
    ...about(sequence).map((line) => `  ${line}`),
    ...differences.flatMap((one) => differenceLines(one, names)).map((line) => `  ${line}`),
  ].map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}...` : line));
}

export function totals(seed: number, { compared, different, unsteady }: Outcome, seconds: number): string {
  const note = unsteady.length > 0 ? `, ${unsteady.length} unsteady` : "";
  return `seed ${seed}: ${compared} sequences, ${different.length} differences${note} (${seconds.toFixed(0)} s)`;
}

/** Prints all that differed, what was a matter of timing, and the totals as the last line. */
export function report(
  screen: Terminal,
  seed: number,
  outcome: Outcome,
  names: readonly [string, string],
  seconds: number,
): void {
  const { line, colors } = screen;
  for (const one of outcome.different) {
    line(colors.red("DIFFERENCE"));
    reportLines(one, names).forEach((text) => line(`  ${text}`));
  }
  for (const one of outcome.unsteady) {
    line(colors.yellow("UNSTEADY: differed once, and not when played again"));
    reportLines(one, names).forEach((text) => line(`  ${text}`));
  }
  line(totals(seed, outcome, seconds));
}

function about({ protocol, stage, request, response, programs }: Sequence): string[] {
  const route = `${protocol} to ${stage.upstream}: ${request.method} ${request.path}`;
  const filters = programs.flatMap((program, at) =>
    program.map((one) => `filter ${"ab"[at]}${stage.bodyFirst[at] ? " (body first)" : ""}: ${written(one)}`),
  );
  return [`${route}, answered ${response.status}`, ...filters];
}

function differenceLines({ part, left, right }: Difference, names: readonly [string, string]): string[] {
  return [part, ...sideLines(names[0], left), ...sideLines(names[1], right)];
}

function sideLines(name: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, mostLines).map((line) => `  ${name.padEnd(8)} | ${line}`);
  if (lines.length === 0) return [`  ${name.padEnd(8)} | nothing`];
  return lines.length > mostLines ? [...shown, `  ${name.padEnd(8)} | ... ${lines.length} lines`] : shown;
}
