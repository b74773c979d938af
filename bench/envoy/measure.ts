import { UserError } from "../../tools/errors.js";
import { scratch } from "../../tools/envoy/scratch.js";
import type { Tree } from "../../tools/envoy/yaml.js";
import { agentOf, USER_AGENT } from "../agents.js";
import type { Agents } from "../agents.js";
import { startCounting, takeCount, underCallgrind } from "./callgrind.js";
import { benchBootstrap } from "./config.js";
import { getRequest, openConnection } from "./http1.js";
import type { Response } from "./http1.js";
import { runLoad } from "./load.js";
import { startBenchEnvoy } from "./process.js";
import type { BenchEnvoy } from "./process.js";
import { slope } from "./slope.js";

/** How much is sent: before counting, in the small and the big load of a window, and how many windows. */
export interface Effort {
  readonly warmUp: number;
  readonly small: number;
  readonly big: number;
  readonly windows: number;
}

/** Name of the listener without a filter: what `added` is taken from. */
export const NONE = "none";

const CONNECTIONS = 4;
const ANSWER_TIMEOUT_MS = 60_000;
const SETTLE = 60;

/**
 * Counts the instructions of Envoy's worker thread per request, for several filters as listeners of one Envoy.
 * @returns one count for each window, by the filter's name; "none" is always among them.
 */
export async function measureInEnvoy(
  envoy: string,
  filters: ReadonlyMap<string, Tree>,
  effort: Effort,
  agents: Agents,
): Promise<Map<string, number[]>> {
  const place = scratch();
  const dumps = `${place.folder}/dump`;
  const chains = new Map<string, Tree[]>([[NONE, []]]);
  for (const [name, filter] of filters) chains.set(name, [filter]);
  try {
    const bootstrap = benchBootstrap(chains);
    const wrap = (command: string[]): string[] => underCallgrind(dumps, command);
    const running = await startBenchEnvoy({ binary: envoy, bootstrap, place, wrap });
    return await measureAll(running, dumps, effort, loader(agents)).finally(running.stop);
  } finally {
    place.remove();
  }
}

async function measureAll(
  envoy: BenchEnvoy,
  dumps: string,
  effort: Effort,
  load: Loader,
): Promise<Map<string, number[]>> {
  for (const name of envoy.ports.keys()) await checkWork(name, envoy);
  for (const port of envoy.ports.values()) await load(port, effort.warmUp);
  await startCounting(envoy.pid);
  const results = new Map<string, number[]>();
  for (const [name, port] of envoy.ports) {
    await load(port, SETTLE);
    await takeCount(envoy.pid, dumps);
    const count = async (requests: number): Promise<number> => {
      await load(port, requests);
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

type Loader = (port: number, requests: number) => Promise<void>;

/** Sends loads; a new agent is new to all of them. */
function loader(agents: Agents): Loader {
  let before = 0;
  return async (port, requests) => {
    const first = before;
    before += requests;
    const headers = (n: number) => [["user-agent", agentOf(agents, first + n)]] as const;
    const limits = { connections: CONNECTIONS, timeoutMs: ANSWER_TIMEOUT_MS };
    const statuses = await runLoad({ port, path: "/", headers, requests, ...limits });
    if (statuses.get(200) === requests) return;
    throw new Error(`not every answer was 200: ${JSON.stringify([...statuses])}`);
  };
}

/** Throws if what stands behind this port does not do W1, or does it without being asked to. */
async function checkWork(name: string, envoy: BenchEnvoy): Promise<void> {
  const connection = await openConnection(envoy.ports.get(name)!, ANSWER_TIMEOUT_MS);
  try {
    const problems = workProblems(
      await connection.ask(getRequest("/echo", [["user-agent", USER_AGENT]])),
      name !== NONE,
    );
    if (problems.length > 0)
      throw new UserError(`${name} does not do the workload: ${problems.join(", ")}`, envoy.log());
  } finally {
    connection.close();
  }
}

/** What in the answer of /echo shows that W1 was not done (or was, where it should not be). */
export function workProblems(response: Response, filtered: boolean): string[] {
  const { status, headers } = response;
  const problems = status === 200 ? [] : [`status ${status}`];
  if ((headers.get("x-echo-seen") === USER_AGENT) !== filtered)
    problems.push(`x-seen is ${headers.get("x-echo-seen")}`);
  if ((headers.get("x-wasm") === "ok") !== filtered) problems.push(`x-wasm is ${headers.get("x-wasm")}`);
  if (headers.has("x-powered-by") === filtered)
    problems.push(`x-powered-by is ${headers.get("x-powered-by")}`);
  return problems;
}
