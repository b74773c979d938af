import { setTimeout as sleep } from "node:timers/promises";
import { compareCalled } from "../callees/compare.js";
import type { OpenCallees } from "../callees/open.js";
import type { TrafficCase } from "../case/types.js";
import type { Running } from "../host.js";
import { compareLogs, withAttempts } from "../play/compare-logs.js";
import { compareMetrics } from "../play/compare-metrics.js";
import { metricsWatch } from "../play/observe.js";
import { Connections } from "./connections.js";
import type { Step } from "./steps.js";
import type { TcpUpstream } from "./upstream.js";

/** How long a log line that must not be there, or that belongs to the case before, gets to show up. */
const STRAY_LOG_WAIT_MS = 100;
/** How long log lines that must be there may take: a host in another process writes them late. */
const LOG_WAIT_MS = 2000;
/** How long bytes and connections that must not be there get to show up. */
const STRAY_WAIT_MS = 20;

/** How long calls that must come may take. */
const CALL_WAIT_MS = 500;

/** Where a TCP case is played. */
export interface TcpSite {
  running: Running;
  upstream: TcpUpstream;
  callees: OpenCallees;
  /** How long a step may take, where the case does not say. */
  timeoutMs: number;
}

/** Plays a TCP case as often as it says, until a time fails: what was wrong. */
export async function playTcpCase(one: TrafficCase, site: TcpSite): Promise<string[]> {
  for (let time = 1; ; time++) {
    const mismatches = await playOnce(one, { ...site, timeoutMs: one.timeoutMs ?? site.timeoutMs });
    const prefix = one.repeat > 1 ? `time ${time} of ${one.repeat}: ` : "";
    if (mismatches.length > 0 || time >= one.repeat) return mismatches.map((mismatch) => prefix + mismatch);
  }
}

async function playOnce(
  one: TrafficCase,
  { running, upstream, callees, timeoutMs }: TcpSite,
): Promise<string[]> {
  const { has, without } = one.logs;
  if (has.length > 0 || without.length > 0) await sleep(STRAY_LOG_WAIT_MS);
  const from = running.logs().length;
  const logs = () => running.logs().slice(from);
  const change = await metricsWatch(one, running);
  callees.begin(one.callees);
  const called = () => compareCalled(one.called, callees.called());
  const connections = new Connections(running.port, upstream, timeoutMs);
  try {
    const wrong = await playSteps(one.tcp!, connections);
    await until(() => called().length === 0, wrong ? 0 : CALL_WAIT_MS);
    await until(() => compareLogs({ has, without: [] }, logs()).length === 0, wrong ? 0 : LOG_WAIT_MS);
    await sleep(without.length > 0 ? STRAY_LOG_WAIT_MS : STRAY_WAIT_MS);
    const mismatches = [
      ...(wrong ? [wrong] : connections.leftovers()),
      ...called(),
      ...compareLogs(one.logs, logs()),
      ...compareMetrics(one.metrics, await change()),
    ];
    return await withAttempts(mismatches, logs);
  } finally {
    connections.destroy();
  }
}

async function playSteps(steps: readonly Step[], connections: Connections): Promise<string | null> {
  for (const [index, step] of steps.entries()) {
    const wrong = await connections.play(step);
    if (wrong) return `step ${index + 1}, ${step.name}: ${wrong}`;
  }
  return null;
}

async function until(condition: () => boolean, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition() && Date.now() < end) await sleep(5);
}
