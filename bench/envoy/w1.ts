import type { Tree } from "../../tools/envoy/yaml.js";
import { agentOf, USER_AGENT } from "../agents.js";
import type { Agents } from "../agents.js";
import { getRequest } from "./http1.js";
import type { Response } from "./http1.js";
import { NONE } from "./subject.js";
import type { Subject, Subjects } from "./subject.js";

/** Filters that do W1 as subjects, and one without a filter; a new agent is new to all of them. */
export function w1Subjects(filters: ReadonlyMap<string, Tree>, agents: Agents): Subjects {
  let sent = 0;
  const subject = (tree: readonly Tree[]): Subject => ({
    filters: tree,
    headers: () => [["user-agent", agentOf(agents, sent++)]],
    problems: async (ask) =>
      workProblems(await ask(getRequest("/echo", [["user-agent", USER_AGENT]])), tree.length > 0),
  });
  const filtered = [...filters].map(([name, filter]) => [name, subject([filter])] as const);
  return new Map([[NONE, subject([])], ...filtered]);
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
