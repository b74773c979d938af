import { shown } from "../find.js";
import type { CoverageReport, FileCoverage, FileHits } from "../types.js";

/** Puts together what the specs saw of each file. A statement counts as covered when any spec ran it. */
export function mergeCoverage(all: readonly FileHits[], cwd: string): CoverageReport {
  const byFile = new Map<string, FileHits>();
  for (const seen of all) {
    const known = byFile.get(seen.file);
    byFile.set(seen.file, known ? { ...known, hits: known.hits.map((hit, i) => hit | seen.hits[i]!) } : seen);
  }
  const files = [...byFile.values()].map((hits) => fileCoverage(hits, cwd));
  files.sort((a, b) => (a.file < b.file ? -1 : 1));
  const statements = sum(files.map((file) => file.statements));
  const covered = sum(files.map((file) => file.covered));
  return { files, statements, covered, percent: percentOf(covered, statements) };
}

function fileCoverage({ file, statements, hits }: FileHits, cwd: string): FileCoverage {
  const missed = statements.filter((_, i) => !hits[i]);
  return {
    file: shown(cwd, file),
    statements: statements.length,
    covered: sum(hits),
    missed: lines(missed.map(({ line }) => line)),
    switched: lines(missed.filter(({ switched }) => switched).map(({ line }) => line)),
  };
}

/** 0 to 100; of nothing, all is covered. */
export function percentOf(covered: number, statements: number): number {
  return statements === 0 ? 100 : (100 * covered) / statements;
}

function lines(all: number[]): number[] {
  return [...new Set(all)].sort((a, b) => a - b);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
