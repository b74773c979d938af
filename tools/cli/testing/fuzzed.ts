import { counts } from "./counts.js";
import { runCampaign } from "../../fuzz/campaign.js";
import { candidatesIn } from "../../fuzz/subjects.js";
import type { Terminal } from "../../terminal/index.js";
import type { Modules } from "../modules.js";
import type { Tally } from "./tally.js";

/** Always the same runs, so that a test that fails does so again. */
const seed = 1;
const runs = counts.fuzz.short;

/** A few runs of the fuzzer for each filter, after the seeds that once found something. */
export async function fuzzedFilters(project: string, modules: Modules, screen: Terminal): Promise<Tally> {
  screen.line(screen.colors.bold(`\nFuzzing, seed ${seed}`));
  const candidates = await candidatesIn(project);
  return { ...(await runCampaign({ project, candidates, seed, runs, modules, screen })), skipped: 0 };
}
