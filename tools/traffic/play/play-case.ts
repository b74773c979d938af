import type { TrafficCase } from "../case/types.js";
import type { Running } from "../host.js";
import type { Protocol } from "../wire/message.js";
import type { Upstream } from "../wire/upstream.js";
import { compareLogs } from "./compare-logs.js";
import { compareClient, compareUpstream } from "./compare.js";
import { observe } from "./observe.js";
import type { Observed } from "./result.js";

/** Plays a case as often as it says, until a time fails. */
export async function playCase(
  one: TrafficCase,
  protocol: Protocol,
  running: Running,
  upstream: Upstream,
  timeoutMs: number,
): Promise<{ details: string[]; observed: Observed }> {
  for (let time = 1; ; time++) {
    const observed = await observe(one, protocol, running, upstream, timeoutMs);
    const mismatches = judge(one, observed);
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
    ...compareLogs(one.logs, observed.logs),
  ];
}
