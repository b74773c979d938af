import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../../../tools/errors.js";
import { publish, publishChecked } from "../../../../tools/publish/index.js";
import type { Generated } from "../../../../tools/targets/index.js";
import { startWatcher, type Watcher } from "./envoys.js";
import { tell, type DrillOptions, type Problem, type Stage } from "./stage.js";
import type { Fault, Versions } from "./versions.js";

/** First as it should go: refused before anybody sees it. Then as if someone had not asked: refused by who sees it. */
export async function bad(stage: Stage, fault: Fault): Promise<void> {
  const { source, versions, options, watchers, result } = stage;
  const generated = versions.bad[fault];
  const before = filesOf(source);
  const refusal = await refusalOf(source, generated, options.binary);
  if (refusal === null) tell(result, "check", `${fault}: was not refused`);
  else if (filesOf(source) !== before) tell(result, "check", `${fault}: the folder changed`);
  else result.refusedBefore++;
  // This one would end both of them.
  if (fault === "host call at start" || refusal === null) return;
  publish(source, generated);
  for (const watcher of watchers)
    if (await isRefusedBy(watcher)) result.refusedLive++;
    else tell(result, "refusal", `${fault}: was not refused`);
}

async function refusalOf(source: string, generated: Generated, binary: string): Promise<string | null> {
  try {
    await publishChecked(source, generated, binary);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

async function isRefusedBy(watcher: Watcher): Promise<boolean> {
  for (let i = 0; i < 100; ++i) {
    const { filters } = await watcher.state();
    if (filters.some(({ refused }) => refused !== null)) return true;
    await sleep(50);
  }
  return false;
}

/** Names, sizes and times: what is not touched keeps them. */
function filesOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names
    .map((name) => `${name} ${statSync(join(folder, name)).size} ${statSync(join(folder, name)).mtimeMs}`)
    .join("\n");
}

/** On an Envoy of its own, since it does not outlive it. */
export async function deadlyProblems(
  { folder, binary }: DrillOptions,
  versions: Versions,
): Promise<Problem[]> {
  const source = join(folder, "deadly");
  mkdirSync(source);
  publish(source, versions.good(0).generated);
  const watcher = await startWatcher(source, binary);
  try {
    const generated = versions.bad["host call at start"];
    const refusal = await refusalOf(source, generated, binary);
    if (refusal === null) return [{ check: "deadly", says: "it was published" }];
    publish(source, generated);
    const end = await Promise.race([watcher.process.exited, sleep(5000, null)]);
    if (end?.signal === "SIGSEGV") return [];
    return [{ check: "deadly", says: "Envoy lives, so nothing is shown by this" }];
  } finally {
    await watcher.process.stop();
  }
}
