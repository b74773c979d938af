import { setTimeout as sleep } from "node:timers/promises";
import { compareCalled } from "../callees/compare.js";
import type { OpenCallees } from "../callees/open.js";
import type { TrafficCase } from "../case/types.js";
import type { Metrics, Running } from "../host.js";
import { sendHttp1 } from "../wire/http1-client.js";
import { sendHttp2 } from "../wire/http2-client.js";
import type { Protocol } from "../wire/message.js";
import type { Upstream } from "../wire/upstream.js";
import { compareLogs } from "./compare-logs.js";
import { changesOf, compareMetrics } from "./compare-metrics.js";
import type { Observed } from "./result.js";

/** How long a request that must not be there gets to show up after the client has its answer. */
const STRAY_WAIT_MS = 20;
/** How long a log line that must not be there, or that belongs to the case before, gets to show up. */
const STRAY_LOG_WAIT_MS = 100;
/** How long log lines that must be there may take: a host in another process writes them late. */
const LOG_WAIT_MS = 2000;
/** How long the upstream may take to notice that a request ends early. */
const END_WAIT_MS = 500;

/** Where a case is played. */
export interface Site {
  running: Running;
  upstream: Upstream;
  /** Absent where filters have nobody to call. */
  callees?: OpenCallees;
  /** How long an answer may take, where the case does not say. */
  timeoutMs: number;
}

/** Plays a case once, on a connection of its own. Never rejects for what a host does. */
export async function observe(
  one: TrafficCase,
  protocol: Protocol,
  { running, upstream, callees, timeoutMs }: Site,
): Promise<Observed> {
  if (looksAtLogs(one)) await sleep(STRAY_LOG_WAIT_MS);
  const from = running.logs().length;
  const change = await metricsWatch(one, running);
  const logs = (): string[] => running.logs().slice(from);
  upstream.answerWith(one.respond);
  callees?.begin(one.callees);
  const send = protocol === "http1" ? sendHttp1 : sendHttp2;
  const client = await send(running.port, one.remake?.() ?? one.send, one.timeoutMs ?? timeoutMs);
  if (client.fault?.kind === "timeout") client.fault.text += `; ${upstreamState(upstream)}`;
  const called = () => callees?.called() ?? {};
  await settle(one, upstream, logs, called);
  return { client, upstream: upstream.take(), logs: logs(), called: called(), metrics: await change() };
}

/** Gives everything that is expected, or must not come, the time to come. */
async function settle(
  one: TrafficCase,
  upstream: Upstream,
  logs: () => string[],
  called: () => Observed["called"],
): Promise<void> {
  const { has, without } = one.logs;
  await until(() => compareCalled(one.called, called()).length === 0, END_WAIT_MS);
  await until(() => upstream.arrived().every((request) => request.complete || request.fault), END_WAIT_MS);
  await until(() => compareLogs({ has, without: [] }, logs()).length === 0, LOG_WAIT_MS);
  if (without.length > 0) await sleep(STRAY_LOG_WAIT_MS);
  else if (mayStillArrive(one, upstream)) await sleep(STRAY_WAIT_MS);
}

/** A request that nobody looks at may be on its way when the client has its answer; it must not reach the next case. */
function mayStillArrive({ upstream: expected }: TrafficCase, upstream: Upstream): boolean {
  return expected === "none" || (expected === null && upstream.arrived().length === 0);
}

/** Begins to watch metrics. What it returns ends that, once they have changed as expected or had the time to. */
export async function metricsWatch(one: TrafficCase, running: Running): Promise<() => Promise<Metrics>> {
  if (Object.keys(one.metrics).length === 0) return async () => ({});
  const before = await running.metrics();
  return async () => {
    for (const end = Date.now() + LOG_WAIT_MS; ; await sleep(20)) {
      const seen = changesOf(before, await running.metrics());
      if (compareMetrics(one.metrics, seen).length === 0 || Date.now() > end) return seen;
    }
  };
}

function looksAtLogs({ logs }: TrafficCase): boolean {
  return logs.has.length > 0 || logs.without.length > 0;
}

async function until(condition: () => boolean, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition() && Date.now() < end) await sleep(5);
}

/** Tells whether a host that hangs did so before or after it had called the upstream. */
function upstreamState(upstream: Upstream): string {
  const request = upstream.arrived()[0];
  if (request === undefined) return "no request had reached the upstream";
  const state = request.complete ? "had been answered" : "had not arrived whole";
  return `${request.method} ${request.path} at the upstream ${state}`;
}
