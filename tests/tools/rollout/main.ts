import { parseArgs } from "node:util";
import { needEnvoy } from "../../../tools/envoy/find.js";
import { scratch } from "../../../tools/envoy/scratch.js";
import { passing, terminal, type Terminal } from "../../../tools/terminal/index.js";
import { drill } from "./drill/drill.js";
import { checks, type Drill } from "./drill/stage.js";

const swaps = 50;
const clients = { http1: 56, http2: 8 };

/** `npm run e2e:rollout`: fifty versions under load, good ones and bad ones, at two Envoys that watch one folder. */
export async function rollout(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const screen = terminal();
  const envoy = await needEnvoy();
  const place = scratch();
  const progress = passing();
  try {
    const onSwap = (n: number) => progress.show(`version ${n} of ${swaps}`);
    const options = { binary: envoy.path, folder: place.folder, swaps, badEvery: 5, ...clients, onSwap };
    const result = await drill(options);
    progress.end();
    return report(result, envoy.version, screen);
  } finally {
    place.remove();
  }
}

function report(result: Drill, version: string, { line, colors }: Terminal): number {
  line(
    `Two Envoys ${version} with 1 and 2 workers, ${clients.http1} connections with HTTP/1.1 and ${clients.http2} with HTTP/2`,
  );
  for (const text of figures(result)) line(`  ${text}`);
  let failed = 0;
  for (const [check, name] of Object.entries(checks)) {
    const problems = result.problems.filter((problem) => problem.check === check);
    if (problems.length > 0) ++failed;
    line(`${problems.length > 0 ? colors.red("failed") : colors.green("ok")} ${name}`);
    for (const { says } of problems) line(`  ${says}`);
  }
  line(`\n${Object.keys(checks).length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function figures({ requests, seconds, settingMs, moduleMs, vms, memoryMb, ...refused }: Drill): string[] {
  return [
    `${requests} requests in ${seconds.toFixed(0)} s`,
    `from the rename to the first new answer: ${spread(settingMs)} for a setting, ${spread(moduleMs)} for a module`,
    `bad versions: ${refused.refusedBefore} refused by the check, ${refused.refusedLive} by a running Envoy`,
    `VMs: ${vms.map(({ before, after, created }) => `${before} before, ${after} after ${created}`).join("; ")}`,
    `memory: ${memoryMb.map(({ before, after }) => `${before.toFixed(1)} MB, then ${after.toFixed(1)} MB`).join("; ")}`,
  ];
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? NaN).toFixed(0);
  return `${at(0.5)} ms (at most ${at(1)} ms)`;
}
