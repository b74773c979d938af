import { parseArgs } from "node:util";
import { UsageError } from "../cli/exit.js";
import { modulesOf } from "../cli/modules.js";
import { packageRoot } from "../package-root.js";
import { terminal } from "../terminal/index.js";
import { runCampaign } from "./campaign.js";
import { candidatesIn, type Candidate } from "./subjects.js";

const options = {
  seed: { type: "string" },
  runs: { type: "string" },
  filter: { type: "string", multiple: true },
} as const;
const usualRuns = 1000;

/** `npm run fuzz`: hostile hosts, configurations and traffic for each filter. */
export async function fuzz(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const seed = numberOf("--seed", values.seed) ?? Math.floor(Math.random() * 2 ** 32);
  const runs = numberOf("--runs", values.runs) ?? usualRuns;
  const candidates = chosen(await candidatesIn(packageRoot), values.filter);
  const screen = terminal();
  screen.line(`seed ${seed}`);
  const campaign = { project: packageRoot, candidates, seed, runs, modules: modulesOf(packageRoot), screen };
  const { passed, failed } = await runCampaign(campaign);
  screen.line(`\n${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function chosen(candidates: readonly Candidate[], names: readonly string[] | undefined): Candidate[] {
  if (names === undefined) return [...candidates];
  return names.map((name) => {
    const found = candidates.find((one) => one.name === name);
    if (found) return found;
    throw new UsageError(
      `--filter: no filter "${name}"`,
      `Filters: ${candidates.map((one) => one.name).join(", ")}.`,
    );
  });
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new UsageError(`${option}: a whole number below 4294967296 is needed, not "${text}"`);
}
