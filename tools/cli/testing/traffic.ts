import { dirname, join } from "node:path";
import { UserError } from "../../errors.js";
import type { Terminal } from "../../terminal/index.js";
import {
  formatReport,
  playFile,
  readTrafficFile,
  type CaseResult,
  type Host,
  type Resolve,
} from "../../traffic/index.js";
import { openHost } from "../hosts.js";
import { modulesOf, type Modules } from "../modules.js";
import { resolverFor } from "./resolver.js";
import type { Tally } from "./tally.js";
import { problemLines, summaryLines } from "./traffic-report.js";

export interface TrafficOptions {
  project: string;
  /** Relative to the project. */
  files: readonly string[];
  hosts: readonly string[];
  /** Opens a host by its name; those that the command line knows unless given. */
  open?: (name: string) => Promise<Host>;
  /** How many files are played at a time on each host; one unless given. */
  atOnce?: number;
  verbose?: boolean;
  screen: Terminal;
  /** Where compiled filters are shared with others. */
  modules?: Modules;
  /** Takes what each case came to. */
  seen?: (results: readonly CaseResult[]) => void;
}

/** Plays traffic files on each host and prints a table. A host that cannot be used is a failure of its own. */
export async function playTraffic(options: TrafficOptions): Promise<Tally> {
  const { project, files, screen } = options;
  const resolve = resolverFor(project, options.modules ?? modulesOf(project));
  await compileAll(options, resolve);
  const outcomes = await Promise.all(options.hosts.map((name) => playOn(name, resolve, options)));
  const results = outcomes.flatMap((outcome) => ("results" in outcome ? outcome.results : []));
  options.seen?.(results);
  if (options.verbose) screen.line(formatReport(results));
  for (const line of summaryLines(results, files, options.hosts)) screen.line(line);
  for (const line of problemLines(results, screen.colors)) screen.line(line);
  const unusable = outcomes.flatMap((outcome) => ("unusable" in outcome ? [outcome.unusable] : []));
  for (const reason of unusable) screen.line(screen.colors.red(reason));
  return tallyOf(results, unusable.length);
}

/** A compilation stops everything else in this process, also the clocks of cases that are being played: so it comes first. */
async function compileAll({ project, files }: TrafficOptions, resolve: Resolve): Promise<void> {
  for (const file of files) {
    const { documents } = await readTrafficFile(join(project, file));
    for (const { filter } of documents.flatMap((document) => document.chain)) {
      await resolve(filter, dirname(join(project, file)));
    }
  }
}

type Outcome = { results: CaseResult[] } | { unusable: string };

async function playOn(name: string, resolve: Resolve, options: TrafficOptions): Promise<Outcome> {
  let host: Host;
  try {
    host = await (options.open ?? openHost)(name);
  } catch (error) {
    if (error instanceof UserError && name === "envoy") return { unusable: `not played: ${error.message}` };
    throw error;
  }
  const byFile: CaseResult[][] = [];
  const left = options.files.entries();
  const playRest = async () => {
    for (const [at, file] of left) {
      const played = await playFile(join(options.project, file), host, resolve);
      byFile[at] = played.map((result) => ({ ...result, file }));
    }
  };
  await Promise.all(Array.from({ length: options.atOnce ?? 1 }, playRest));
  return { results: byFile.flat() };
}

function tallyOf(results: readonly CaseResult[], unusable: number): Tally {
  const count = (verdict: CaseResult["verdict"]) => results.filter((one) => one.verdict === verdict).length;
  return { passed: count("passed"), failed: count("failed") + unusable, skipped: count("not played") };
}
