import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { envoyHost, type EnvoyHost, type RunningEnvoy } from "../../../tools/envoy/host.js";
import { observe, type Observed, type TrafficCase } from "../../../tools/traffic/index.js";
import { withHost } from "../../../tools/traffic/play/stage.js";
import { withTrap } from "./plant.js";
import { isRefused, stageOf, type Scene } from "./scenes.js";

/** What a trap in one function of a filter came to. */
export interface Sprung {
  /** Requests that the filter trapped on. */
  trapped: number;
  /** Requests that a new VM served after the trap, or trapped on again. */
  recovered: number;
  /** What must not be: nothing, one hopes. */
  problems: string[];
}

/** How long a filter may take to be back: its back-off grows with each trap. */
const backWithinMs = 5000;
const answersWithinMs = 5000;

/** Plays requests on a real Envoy whose filter traps in one function. */
export async function springTrap(
  scene: Scene,
  place: number,
  cases: readonly TrafficCase[],
  host: EnvoyHost = envoyHost(),
): Promise<Sprung> {
  const folder = mkdtempSync(join(tmpdir(), "meshscript-trap-"));
  const wasm = join(folder, "trapping.wasm");
  writeFileSync(wasm, withTrap(scene.binary, place));
  const sprung: Sprung = { trapped: 0, recovered: 0, problems: [] };
  try {
    await withHost(stageOf(scene, wasm, host), async (started, upstream, callees) => {
      if (started.refused)
        return void sprung.problems.push(`it did not start: ${started.problems.join("; ")}`);
      const running = started.running as RunningEnvoy;
      const site = { running, upstream, callees, timeoutMs: answersWithinMs };
      for (const one of cases) await playUntilBack(one, running, sprung, () => observe(one, "http1", site));
      const exited = await Promise.race([running.envoy.exited, sleep(0, "alive" as const)]);
      if (exited !== "alive") sprung.problems.push(`Envoy ended: ${JSON.stringify(exited)}`);
      await running.stop();
    });
    return sprung;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Repeats a request while the filter waits for its new VM: each shall meet a living one. */
async function playUntilBack(
  one: TrafficCase,
  running: RunningEnvoy,
  sprung: Sprung,
  play: () => Promise<Observed>,
): Promise<void> {
  const hadTrapped = sprung.trapped > 0;
  for (const end = Date.now() + backWithinMs; ; await sleep(60)) {
    const before = trapsIn(running);
    const { client, upstream } = await play();
    const traps = trapsIn(running) - before;
    if (isRefused(one) && upstream.requests.length > 0)
      sprung.problems.push(`"${one.name}" reached the upstream, answered ${client.status}`);
    const isBackingOff = traps === 0 && client.status === 503;
    if (traps > 0) sprung.trapped++;
    if (!isBackingOff) {
      if (hadTrapped) sprung.recovered++;
      return;
    }
    if (Date.now() > end) return void sprung.problems.push(`no new VM within ${backWithinMs} ms`);
  }
}

function trapsIn({ envoy }: RunningEnvoy): number {
  return envoy.lines().filter(({ text }) => /failed: Uncaught RuntimeError: unreachable/.test(text)).length;
}
