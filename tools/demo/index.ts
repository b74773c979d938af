import type { Terminal } from "../terminal/index.js";
import type { Running, Upstream } from "../traffic/index.js";
import { columnsFor } from "./columns.js";
import type { Scene } from "./plan.js";
import { playScene } from "./play.js";
import { showHead, showScene } from "./show.js";

export { planCallees, planDemo, type Scene } from "./plan.js";

/** Plays a demo scene by scene and shows it; gives how many requests went as they should, and how many did not. */
export async function playDemo(
  scenes: readonly Scene[],
  running: Running,
  upstream: Upstream,
  screen: Terminal,
): Promise<{ passed: number; failed: number }> {
  const tally = { passed: 0, failed: 0 };
  const columns = columnsFor(scenes, screen.columns);
  screen.line();
  showHead(columns, screen);
  for (const scene of scenes) {
    const shown = await playScene(scene, running, upstream);
    showScene(scene, shown, columns, screen);
    for (const { problems } of shown) tally[problems.length === 0 ? "passed" : "failed"]++;
  }
  return tally;
}
