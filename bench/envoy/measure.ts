import { UserError } from "../../tools/errors.js";
import { scratch } from "../../tools/envoy/scratch.js";
import { startCounting, takeCount, underCallgrind } from "./callgrind.js";
import { benchBootstrap } from "./config.js";
import { openConnection } from "./http1.js";
import type { Connection } from "./http1.js";
import { runLoad } from "./load.js";
import { startBenchEnvoy } from "./process.js";
import type { BenchEnvoy } from "./process.js";
import { slope } from "./slope.js";
import type { Subject, Subjects } from "./subject.js";

/** How much is sent: before counting, in the small and the big load of a window, and how many windows. */
export interface Effort {
  readonly warmUp: number;
  readonly small: number;
  readonly big: number;
  readonly windows: number;
}

const CONNECTIONS = 4;
const ANSWER_TIMEOUT_MS = 60_000;
const SETTLE = 60;

/**
 * Counts the instructions of Envoy's worker thread per request, for several subjects as listeners of one Envoy.
 * @returns one count for each window, by the subject's name.
 */
export async function measureInEnvoy(
  envoy: string,
  subjects: Subjects,
  effort: Effort,
): Promise<Map<string, number[]>> {
  const place = scratch();
  const dumps = `${place.folder}/dump`;
  const chains = new Map([...subjects].map(([name, { filters }]) => [name, filters]));
  try {
    const bootstrap = benchBootstrap(chains);
    const wrap = (command: string[]): string[] => underCallgrind(dumps, command);
    const running = await startBenchEnvoy({ binary: envoy, bootstrap, place, wrap });
    return await measureAll(running, dumps, subjects, effort).finally(running.stop);
  } finally {
    place.remove();
  }
}

async function measureAll(
  envoy: BenchEnvoy,
  dumps: string,
  subjects: Subjects,
  effort: Effort,
): Promise<Map<string, number[]>> {
  const loads = new Map(
    [...subjects].map(([name, subject]) => [name, loader(subject, envoy.ports.get(name)!)]),
  );
  for (const [name, subject] of subjects) await checkWork(name, subject, envoy);
  for (const load of loads.values()) await load(effort.warmUp);
  await startCounting(envoy.pid);
  const results = new Map<string, number[]>();
  for (const [name, load] of loads) {
    await load(SETTLE);
    await takeCount(envoy.pid, dumps);
    const count = async (requests: number): Promise<number> => {
      await load(requests);
      return takeCount(envoy.pid, dumps);
    };
    results.set(name, await windows(count, effort));
  }
  return results;
}

async function windows(count: (requests: number) => Promise<number>, effort: Effort): Promise<number[]> {
  const costs: number[] = [];
  for (let i = 0; i < effort.windows; i++) {
    const window = { small: await count(effort.small), big: await count(effort.big) };
    costs.push(slope(window, effort.small, effort.big));
  }
  return costs;
}

type Loader = (requests: number) => Promise<void>;

/** Sends loads; a request's number goes on from one to the next. */
function loader(subject: Subject, port: number): Loader {
  let before = 0;
  return async (requests) => {
    const first = before;
    before += requests;
    const headers = (n: number) => subject.headers(first + n);
    const limits = { connections: CONNECTIONS, timeoutMs: ANSWER_TIMEOUT_MS };
    const statuses = await runLoad({ port, path: "/", headers, requests, ...limits });
    if (statuses.get(200) === requests) return;
    throw new Error(`not every answer was 200: ${JSON.stringify([...statuses])}`);
  };
}

/** Throws if what stands behind a subject's port does not do its work. */
async function checkWork(name: string, subject: Subject, envoy: BenchEnvoy): Promise<void> {
  const connection: Connection = await openConnection(envoy.ports.get(name)!, ANSWER_TIMEOUT_MS);
  try {
    const problems = await subject.problems((request) => connection.ask(request));
    if (problems.length === 0) return;
    throw new UserError(`${name} does not do the workload: ${problems.join(", ")}`, envoy.log());
  } finally {
    connection.close();
  }
}
