import { setTimeout as sleep } from "node:timers/promises";
import { compareCalled } from "../callees/compare.js";
import type { TrafficCase } from "../case/types.js";
import type { Protocol } from "../wire/message.js";
import { compareLogs, withAttempts } from "./compare-logs.js";
import { compareMetrics } from "./compare-metrics.js";
import { compareClient, compareUpstream } from "./compare.js";
import { observe, type Site } from "./observe.js";
import type { Observed } from "./result.js";

interface Played {
  details: string[];
  observed: Observed;
}

/** Plays a case and what follows it, until something is not as expected. */
export async function playCase(one: TrafficCase, protocol: Protocol, site: Site): Promise<Played> {
  let played = await playRepeated(one, protocol, site);
  for (const [at, { waitMs, case: next }] of one.then.entries()) {
    if (played.details.length > 0) break;
    await sleep(waitMs);
    played = await playRepeated(next, protocol, site);
    played.details = played.details.map((detail) => `then ${at + 1}: ${detail}`);
  }
  return played;
}

/** Plays a case as often as it says, until a time fails. */
async function playRepeated(one: TrafficCase, protocol: Protocol, site: Site): Promise<Played> {
  for (let time = 1; ; time++) {
    const from = site.running.logs().length;
    const observed = await observe(one, protocol, site);
    const mismatches = await withAttempts(judge(one, observed), () => site.running.logs().slice(from));
    const prefix = one.repeat > 1 ? `time ${time} of ${one.repeat}: ` : "";
    if (mismatches.length > 0 || time >= one.repeat) {
      return { details: mismatches.map((mismatch) => prefix + mismatch), observed };
    }
  }
}

/** Every mismatch between what a case expects and what was observed. */
export function judge(one: TrafficCase, observed: Observed): string[] {
  return [
    ...compareClient(one.client, observed.client),
    ...compareUpstream(one.upstream, observed.upstream),
    ...compareCalled(one.called, observed.called),
    ...compareLogs(one.logs, observed.logs),
    ...compareMetrics(one.metrics, observed.metrics),
  ];
}
