import type { Terminal } from "../../../tools/terminal/index.js";
import { trapsFor } from "./plan.js";
import { springTrap } from "./play.js";
import { playedFilters, scenesOf } from "./scenes.js";

/** How many functions went how. */
export interface Outcome {
  passed: number;
  failed: number;
}

/** Sets a trap in each function of each guarding filter that requests reach, one at a time, on a real Envoy each. */
export async function springAllTraps(project: string, screen: Terminal): Promise<Outcome> {
  const total = { passed: 0, failed: 0 };
  for (const [filter, scenes] of await scenesOf(project, playedFilters(project))) {
    const traps = await trapsFor(scenes);
    const count = { trapped: 0, recovered: 0, idle: 0, failed: 0 };
    for (const { scene, place, name, cases } of traps) {
      const { trapped, recovered, problems } = await springTrap(scene, place, cases);
      count.trapped += trapped;
      count.recovered += recovered;
      // What only an earlier request made it reach, it does not reach again.
      if (trapped === 0) count.idle++;
      if (problems.length > 0) count.failed++;
      for (const problem of problems) screen.line(screen.colors.red(`  ${scene.name}, ${name}: ${problem}`));
    }
    screen.line(
      `  ${filter}: a trap in ${traps.length} functions, ${count.idle} of them not reached again; ${count.trapped} requests trapped, ${count.recovered} met a new VM`,
    );
    total.passed += traps.length - count.failed;
    total.failed += count.failed;
  }
  return total;
}
