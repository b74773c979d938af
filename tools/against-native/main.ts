import { parseArgs } from "node:util";
import { UsageError } from "../cli/exit.js";
import { modulesOf, type Modules } from "../cli/modules.js";
import { packageRoot } from "../package-root.js";
import { counted, passing, terminal, type Terminal } from "../terminal/index.js";
import type { Pair } from "./pair.js";
import { pairs } from "./pairs/index.js";
import { reportOne, totals } from "./report.js";
import { run, type Outcome } from "./run.js";
import { openStage } from "./stage.js";

const options = {
  seed: { type: "string" },
  requests: { type: "string" },
  filter: { type: "string", multiple: true },
} as const;
const usualRequests = 1000;

/** `npm run against-native`: the same requests through our filters and through Envoy's own. */
export async function againstNative(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const seed = numberOf("--seed", values.seed) ?? Math.floor(Math.random() * 2 ** 32);
  const requests = numberOf("--requests", values.requests) ?? usualRequests;
  const outcomes = await runAgainstNative({
    screen: terminal(),
    seed,
    requests,
    pairs: chosen(values.filter),
  });
  return outcomes.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

export interface Comparison {
  screen: Terminal;
  seed: number;
  /** For each filter. */
  requests: number;
  /** All that there are, unless given. */
  pairs?: readonly Pair[];
  modules?: Modules;
}

/** Compares filter by filter, and reports; the totals are the last line. A UserError where there is no Envoy. */
export async function runAgainstNative(comparison: Comparison): Promise<Outcome[]> {
  const { screen, seed, requests, modules = modulesOf(packageRoot) } = comparison;
  const start = Date.now();
  screen.line(`seed ${seed}`);
  const outcomes: Outcome[] = [];
  for (const pair of comparison.pairs ?? pairs) {
    const begin = Date.now();
    const outcome = await compared(pair, modules, seed, requests);
    reportOne(screen, outcome, pair.native, (Date.now() - begin) / 1000);
    outcomes.push(outcome);
  }
  screen.line(totals(seed, outcomes, (Date.now() - start) / 1000));
  return outcomes;
}

async function compared(pair: Pair, modules: Modules, seed: number, requests: number): Promise<Outcome> {
  const stage = await openStage(pair, modules);
  const progress = passing();
  let count = 0;
  try {
    return await run(pair, stage, seed, requests, () => {
      if (++count % 50 === 0) progress.show(`${pair.filter}: ${counted(count, "request")}`);
    });
  } finally {
    progress.end();
    await stage.stop();
  }
}

function chosen(names: readonly string[] | undefined): readonly Pair[] {
  return names === undefined ? pairs : names.map(pairOf);
}

function pairOf(name: string): Pair {
  const found = pairs.find(({ filter }) => filter === name);
  if (found) return found;
  const known = pairs.map(({ filter }) => filter).join(", ");
  throw new UsageError(`--filter: Envoy has no filter to compare "${name}" with`, `Filters: ${known}.`);
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new UsageError(`${option}: a whole number below 4294967296 is needed, not "${text}"`);
}
