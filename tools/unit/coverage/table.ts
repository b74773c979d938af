import type { CoverageReport, FileCoverage } from "../types.js";
import { percentOf } from "./merge.js";

/** The report as lines of text: each file that has statements, and a total. */
export function coverageTable(report: CoverageReport): string[] {
  const files = report.files.filter((file) => file.statements > 0);
  const width = Math.max(5, ...files.map((file) => file.file.length));
  const row = (name: string, statements: number, covered: number, missed: string): string =>
    `${name.padEnd(width)}  ${String(statements).padStart(10)}  ${share(covered, statements)}  ${missed}`.trimEnd();
  return [
    `${"file".padEnd(width)}  statements  covered  missed lines`,
    ...files.map((file) => row(file.file, file.statements, file.covered, ranges(file.missed))),
    row("total", report.statements, report.covered, ""),
    ...switchedNote(files),
  ];
}

function share(covered: number, statements: number): string {
  // Rounded down: 100 % means all of them.
  return `${(Math.floor(percentOf(covered, statements) * 10) / 10).toFixed(1)} %`.padStart(7);
}

/** Line numbers with runs drawn together: `3, 7-9`. */
export function ranges(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

function switchedNote(files: FileCoverage[]): string[] {
  const held = files.filter((file) => file.switched.length > 0);
  if (held.length === 0) return [];
  const places = held.map((file) => `  ${file.file}: ${ranges(file.switched)}`);
  return [
    "counted as missed, but only a build switch compiles them (a spec sets one by `// switch: NAME=1`):",
    ...places,
  ];
}
