/**
 * Runs as-pect specs: compiles each in process, runs it in a worker that is bounded in time, reports what failed and
 * which statements ran.
 *
 *   const report = await runSpecs({ cwd: projectFolder });
 *   process.exitCode = report.ok ? 0 : 1;
 *
 * A spec and all it imports reach the library as `meshscript/assembly…`, never by a relative path. A line of its own
 * `// switch: NAME=1` in a spec compiles it with that build switch.
 */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { UserError } from "../errors.js";
import { mergeCoverage } from "./coverage/merge.js";
import { coverageTable } from "./coverage/table.js";
import { findCovered, findSpecs } from "./find.js";
import { countStatements, runPool } from "./pool.js";
import { specLines, totalLine } from "./report.js";
import type { CoverageReport, SpecOptions, SpecReport, SpecResult } from "./types.js";

export type { CoverageReport, FileCoverage, SpecOptions, SpecReport, SpecResult } from "./types.js";

const MINUTE = 60_000;

/** Runs specs and prints the report. Throws a UserError where there is nothing to run; a failing spec is no error. */
export async function runSpecs(options: SpecOptions = {}): Promise<SpecReport> {
  const cwd = resolve(options.cwd ?? ".");
  const print = options.print ?? ((line: string) => void process.stdout.write(`${line}\n`));
  const given = options.specs ?? ["tests/unit"];
  const [specs, covered] = [await findSpecs(cwd, given), await coveredFiles(cwd, options)];
  if (specs.length === 0) throw new UserError(`no spec in ${given.join(", ")}`, "spec files end in .spec.ts");
  const job = { cwd, covered: new Set(covered), update: options.update ?? false, ci: options.ci ?? isCi() };
  const timeoutMs = options.timeoutMs ?? MINUTE;
  const results = await runPool(
    specs.map((spec) => ({ spec, ...job })),
    {
      workers: options.workers ?? Math.min(availableParallelism(), 4),
      timeoutMs,
      finished: (result) => specLines(result).forEach(print),
    },
  );
  print(totalLine(results));
  const coverage = covered.length > 0 ? await coverageOf(results, covered, cwd, timeoutMs) : null;
  if (coverage) ["", ...coverageTable(coverage)].forEach(print);
  return summary(results, coverage);
}

function coveredFiles(cwd: string, { coverage }: SpecOptions): Promise<string[]> {
  return coverage === false ? Promise.resolve([]) : findCovered(cwd, coverage ?? ["assembly", "filters"]);
}

function isCi(): boolean {
  return process.env["CI"] === "true" || process.env["CI"] === "1";
}

async function coverageOf(
  results: readonly SpecResult[],
  covered: readonly string[],
  cwd: string,
  timeoutMs: number,
): Promise<CoverageReport> {
  const hits = results.flatMap((result) => result.coverage);
  const compiled = new Set(hits.map(({ file }) => file));
  const rest = await countStatements(
    covered.filter((file) => !compiled.has(file)),
    timeoutMs,
  );
  return mergeCoverage([...hits, ...rest], cwd);
}

function summary(specs: SpecResult[], coverage: CoverageReport | null): SpecReport {
  const total = (of: "tests" | "passed" | "todos"): number => specs.reduce((sum, spec) => sum + spec[of], 0);
  const ok = specs.every((spec) => spec.ok);
  return { ok, specs, tests: total("tests"), passed: total("passed"), todos: total("todos"), coverage };
}
