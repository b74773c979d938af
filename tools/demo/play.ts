import {
  judge,
  observe,
  type Observed,
  type Running,
  type TrafficCase,
  type Upstream,
} from "../traffic/index.js";
import { changesBetween, type Change } from "./changes.js";
import type { Line } from "../traffic/wire/message.js";
import type { Scene } from "./plan.js";

const answerWithinMs = 5000;

/** How one request of the demo went. */
export interface Shown {
  name: string;
  /** Method and path as the client sent them. */
  request: string;
  /** What the client saw; 0 for no answer. */
  status: number;
  /** Method and path of each request that arrived. */
  upstream: string[];
  /** What the client was told in the upstream's place; null where the upstream answered. */
  answer: string | null;
  toUpstream: Change[];
  toClient: Change[];
  /** Every difference from what the manifest says should happen. */
  problems: string[];
}

/** Plays a filter's requests one after the other. */
export async function playScene(scene: Scene, running: Running, upstream: Upstream): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const planned of scene.cases) {
    const one = { ...planned, send: planned.remake?.() ?? planned.send, remake: null };
    const observed = await observe(one, one.protocols[0]!, { running, upstream, timeoutMs: answerWithinMs });
    shown.push(shownOf(one, observed));
  }
  return shown;
}

/** What an answer of the proxy's own carries, but for the type that goes with its text. */
function added(lines: readonly Line[]): Change[] {
  return changesBetween([], lines).filter(
    ({ name, value }) => name !== "content-type" || value !== "text/plain",
  );
}

function shownOf(one: TrafficCase, observed: Observed): Shown {
  const { client, upstream } = observed;
  const arrived = upstream.requests[0];
  return {
    name: one.name,
    request: `${one.send.method} ${one.send.path}`,
    status: client.status,
    upstream: upstream.requests.map((request) => `${request.method} ${request.path}`),
    toUpstream: arrived ? changesBetween(one.send.lines, arrived.lines) : [],
    answer: arrived ? null : client.body,
    toClient: arrived ? changesBetween(one.respond.lines, client.lines) : added(client.lines),
    problems: judge(one, observed),
  };
}
