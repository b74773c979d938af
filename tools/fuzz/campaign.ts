import { counted, passing, type Terminal } from "../terminal/index.js";
import type { Modules } from "../cli/modules.js";
import type { Finding } from "./finding.js";
import { fuzzFilter } from "./fuzz-filter.js";
import { keptSeeds } from "./kept.js";
import type { Tally } from "./run.js";
import type { Subject } from "./subject.js";
import { subjectOf, type Candidate } from "./subjects.js";

export interface Campaign {
  project: string;
  candidates: readonly Candidate[];
  seed: number;
  /** For each filter. */
  runs: number;
  modules: Modules;
  screen: Terminal;
}

/** How many filters, and seeds that were kept, came through. */
export interface Outcome {
  passed: number;
  failed: number;
}

/** Fuzzes each filter, the seeds that once found something first, and prints what was found. */
export async function runCampaign(campaign: Campaign): Promise<Outcome> {
  const { project, candidates, modules, screen } = campaign;
  const kept = keptSeeds(project);
  const total = { passed: 0, failed: 0 };
  for (const candidate of candidates) {
    const subject = await subjectOf(candidate, modules);
    const seeds = kept.filter((one) => one.filter === subject.name).map((one) => one.seed);
    for (const seed of seeds)
      count(total, report(screen, (await fuzzFilter(subject, { seed, runs: 1 })).findings));
    count(total, await fuzzed(subject, campaign, seeds.length));
  }
  return total;
}

async function fuzzed(
  subject: Subject,
  { seed, runs, screen }: Campaign,
  keptCount: number,
): Promise<boolean> {
  const started = Date.now();
  const line = passing();
  const progress = (done: number) => line.show(`${subject.name}: ${done} of ${counted(runs, "run")}`);
  const { findings, tally } = await fuzzFilter(subject, { seed, runs, progress });
  line.end();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const replayed = keptCount > 0 ? `, ${counted(keptCount, "kept seed")}` : "";
  const found = findings.length > 0 ? `, ${screen.colors.red(counted(findings.length, "finding"))}` : "";
  screen.line(`  ${subject.name}: ${counted(runs, "run")}${replayed}${judged(tally)}, ${seconds} s${found}`);
  const isIdle = tally.judged >= enoughJudged && tally.passed === 0;
  if (isIdle) screen.line(screen.colors.red("    no request passed: nothing is known of what may pass"));
  return report(screen, findings) && !isIdle;
}

/** Among so many requests with credentials some are good ones. */
const enoughJudged = 200;

function judged({ judged, passed }: Tally): string {
  return judged === 0 ? "" : `, ${counted(judged, "request")} judged, of which ${passed} passed`;
}

/** Prints the first finding of each sort. True where there are none. */
function report(screen: Terminal, findings: readonly Finding[]): boolean {
  const sorts = new Map<string, Finding[]>();
  for (const finding of findings) {
    const sort = `${finding.kind} ${finding.details.replace(/\d+/g, "#").slice(0, 80)}`;
    sorts.set(sort, [...(sorts.get(sort) ?? []), finding]);
  }
  for (const [first, ...others] of sorts.values()) {
    const { kind, filter, seed, details } = first!;
    screen.line(`  ${screen.colors.red(`FOUND ${kind}`)} ${filter}, seed ${seed}: ${details}`);
    if (others.length > 0) screen.line(`    and ${counted(others.length, "run")} like it`);
    screen.line(`    npm run fuzz -- --seed ${seed} --runs 1 --filter ${filter}`);
  }
  return findings.length === 0;
}

function count(total: Outcome, isSound: boolean): void {
  if (isSound) total.passed++;
  else total.failed++;
}
