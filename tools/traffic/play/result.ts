import type { Metrics } from "../host.js";
import type { Protocol, SeenRequest, SeenResponse } from "../wire/message.js";
import type { Arrival } from "../wire/upstream.js";

export type Verdict = "passed" | "failed" | "not played";

/** How one case went on one host with one protocol. */
export interface CaseResult {
  file: string;
  line: number;
  /** The filter, or the chain's filters with a comma between. */
  filter: string;
  name: string;
  /** The client's; null for a configuration that must be refused, as no client takes part. */
  protocol: Protocol | null;
  host: string;
  verdict: Verdict;
  durationMs: number;
  /** Every mismatch, or why the case was not played. */
  details: string[];
  /** What was seen; of a repeated case the last time, or the first that failed. */
  observed?: Observed;
  /** What of the ABI the case made use of, where the host can tell. */
  exercised?: string[];
  /** Hosts that cannot play the case, and why. */
  cannot?: Readonly<Record<string, string>>;
}

export interface Observed {
  client: SeenResponse;
  upstream: Arrival;
  logs: string[];
  /** What callees were called with. */
  called: Record<string, readonly SeenRequest[]>;
  /** By how much metrics changed, where the case looks at them. */
  metrics: Metrics;
}

export interface Totals {
  passed: number;
  failed: number;
  notPlayed: number;
}

export function totalsOf(results: readonly CaseResult[]): Totals {
  const count = (verdict: Verdict): number => results.filter((one) => one.verdict === verdict).length;
  return { passed: count("passed"), failed: count("failed"), notPlayed: count("not played") };
}

/** Groups of results of one case that passed on one host and failed on another: one of the two behaves wrongly. */
export function differencesIn(results: readonly CaseResult[]): CaseResult[][] {
  const groups = new Map<string, CaseResult[]>();
  for (const one of results) {
    const key = [one.file, one.line, one.protocol].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const has = (group: CaseResult[], verdict: Verdict): boolean =>
    group.some((one) => one.verdict === verdict);
  return [...groups.values()].filter((group) => has(group, "passed") && has(group, "failed"));
}
