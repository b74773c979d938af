import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Terminal } from "../../terminal/index.js";
import { runSpecs, type SpecReport } from "../../unit/index.js";
import type { Tally } from "./tally.js";

export interface UnitOptions {
  project: string;
  specs: readonly string[];
  /** Lowest share of statements that must run, in percent; undefined: coverage is not counted. */
  floor: number | undefined;
  /** Takes over changed snapshots. */
  update?: boolean;
  screen: Terminal;
}

/** Runs as-pect specs. Coverage under the floor counts as one more failure. */
export async function runUnitSpecs(options: UnitOptions): Promise<Tally> {
  const { project, specs, floor, update, screen } = options;
  const report = await runSpecs({
    cwd: project,
    specs,
    update,
    coverage: floor === undefined ? false : undefined,
    print: (line) => screen.line(`  ${line}`),
  });
  const low = isLow(report, floor);
  if (low)
    screen.line(screen.colors.red(`  coverage is under the floor of ${floor} % that package.json sets`));
  return tallyOf(report, low);
}

function isLow({ coverage }: SpecReport, floor: number | undefined): boolean {
  return floor !== undefined && (coverage?.percent ?? 0) < floor;
}

/** A spec that fails as a whole, because it does not compile say, is one failure whatever its tests say. */
function tallyOf(report: SpecReport, low: boolean): Tally {
  const broken = report.specs.filter((spec) => !spec.ok && spec.tests === spec.passed).length;
  const failed = report.tests - report.passed + broken + (low ? 1 : 0);
  return { passed: report.passed, failed, skipped: report.todos };
}

/** The project's `meshscript.coverageFloor`, undefined where package.json sets none. */
export function coverageFloor(project: string): number | undefined {
  try {
    return JSON.parse(readFileSync(join(project, "package.json"), "utf8")).meshscript?.coverageFloor;
  } catch {
    return undefined;
  }
}
