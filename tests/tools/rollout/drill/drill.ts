import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { publishChecked } from "../../../../tools/publish/index.js";
import { eachIn, publishedIn, waitFor } from "../../../../tools/rollout/index.js";
import { bad, deadlyProblems } from "./bad.js";
import { startWatcher, type Watcher } from "./envoys.js";
import { Ledger } from "./ledger.js";
import { http1Client, startLoad, type Seen } from "./load.js";
import { tell, type Drill, type DrillOptions, type Stage } from "./stage.js";
import { startUpstream } from "./upstream.js";
import { faults, makeVersions } from "./versions.js";

const liveWithin = 15_000;
/** Beyond what the allocators keep for next time. */
const growthMb = 16;

/** Publishes version after version while clients keep two Envoys busy, and says what came of it. */
export async function drill(options: DrillOptions): Promise<Drill> {
  const upstream = await startUpstream();
  const watchers: Watcher[] = [];
  try {
    const source = join(options.folder, "source");
    mkdirSync(source);
    const versions = await makeVersions(options.folder, upstream.port);
    const first = versions.good(0);
    await publishChecked(source, first.generated, options.binary);
    for (const workers of [1, 2]) watchers.push(await startWatcher(source, options.binary, workers));
    const stage = { options, source, versions, watchers, upstream, ledger: new Ledger(first.mark) };
    const result = await play({ ...stage, result: blank() });
    result.problems.push(...(await deadlyProblems(options, versions)));
    return result;
  } finally {
    await Promise.all(watchers.map(({ process }) => process.stop()));
    upstream.stop();
  }
}

function blank(): Drill {
  const none = { problems: [], settingMs: [], moduleMs: [], vms: [], memoryMb: [] };
  return { requests: 0, refusedBefore: 0, refusedLive: 0, seconds: 0, ...none };
}

async function play(stage: Stage): Promise<Drill> {
  const { options, watchers, ledger, result } = stage;
  const { http1, http2 } = options;
  const began = performance.now();
  const ports = watchers.map(({ process }) => process.port);
  const load = startLoad({ ports, http1, http2, seen: ledger.enter });
  await sleep(500);
  const base = await Promise.all(watchers.map(async (one) => (await one.state()).vms.active));
  const memory: number[] = [];
  const release = await holdRequests(stage);
  for (let n = 1; n <= options.swaps; ++n) {
    if (n % options.badEvery === 0) await bad(stage, faults[(n / options.badEvery) % faults.length]!);
    await good(stage, n);
    if (n === Math.min(5, options.swaps)) {
      await release();
      memory.push(...watchers.map((one) => one.memory()));
    }
    options.onSwap?.(n);
    // What waits in vain waits long: one finding is enough.
    if (result.problems.length > 0) break;
  }
  await release();
  const connections = await load.stop();
  if (connections !== http1 + http2)
    tell(result, "connections", `${connections} were opened for ${http1 + http2} clients`);
  await settle(stage, base, memory);
  if (ledger.faultCount > 0)
    tell(result, "answers", `${ledger.faultCount} are wrong, such as: ${ledger.faults.join("; ")}`);
  result.requests = ledger.requests;
  result.seconds = (performance.now() - began) / 1000;
  return result;
}

async function good(
  { source, versions, watchers, options, ledger, result }: Stage,
  n: number,
): Promise<void> {
  const { mark, generated, changesModule } = versions.good(n);
  ledger.opens(mark);
  await publishChecked(source, generated, options.binary);
  const renamed = statSync(join(source, "ecds/filters/versioned.yaml")).ctimeMs - performance.timeOrigin;
  const admins = watchers.map(({ admin }) => admin);
  const { outcome } = await waitFor(admins, eachIn(publishedIn(source).versions), liveWithin);
  if (outcome !== "served") tell(result, "live", `${mark} was not within ${liveWithin / 1000} s`);
  ledger.isEverywhere();
  for (let i = 0; i < 100 && ledger.firstAnswers().size < watchers.length; ++i) await sleep(10);
  const times = changesModule ? result.moduleMs : result.settingMs;
  times.push(...[...ledger.firstAnswers().values()].map((at) => at - renamed));
}

/** A request at each Envoy that the upstream answers late: the version that took it must see it through. */
async function holdRequests({ watchers, upstream, versions, result }: Stage): Promise<() => Promise<void>> {
  const clients = watchers.map(({ process }) => http1Client(process.port));
  const answers = clients.map((client) => client.ask("/held"));
  for (let i = 0; i < 200 && upstream.waiting() < answers.length; ++i) await sleep(10);
  let over = false;
  return async () => {
    if (over) return;
    over = true;
    upstream.release();
    const { mark } = versions.good(0);
    for (const seen of await Promise.all(answers)) {
      if (seen.error ?? seen.status !== 200) tell(result, "held", told(seen));
      else if (seen.version !== mark || seen.requestVersion !== mark)
        tell(result, "held", `it began with ${mark} and ended with ${seen.version}`);
    }
    for (const client of clients) client.close();
  };
}

function told({ error, status }: Seen): string {
  return error ?? `status ${status}`;
}

/** Old VMs go once nobody needs them. */
async function settle({ watchers, result }: Stage, base: number[], memory: number[]): Promise<void> {
  for (const [at, watcher] of watchers.entries()) {
    let state = await watcher.state();
    for (let i = 0; i < 50 && state.vms.active > base[at]!; ++i) {
      await sleep(100);
      state = await watcher.state();
    }
    const { active, created } = state.vms;
    result.vms.push({ before: base[at]!, after: active, created });
    if (active !== base[at]) tell(result, "vms", `${active} are left, where there were ${base[at]}`);
    const [before, after] = [memory[at]!, watcher.memory()];
    result.memoryMb.push({ before, after });
    if (after - before > growthMb) tell(result, "memory", `it grew by ${(after - before).toFixed(1)} MB`);
  }
}
