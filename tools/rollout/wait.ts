import { setTimeout as sleep } from "node:timers/promises";
import { askAll } from "./ask.js";
import type { Answer } from "./findings.js";
import type { FilterState } from "./state.js";

const pollMs = 100;

/**
 * Asks until every Envoy serves what is wanted, one refuses it, or the time is over (milliseconds): the last answers.
 * An Envoy that does not answer may be about to start.
 */
export async function waitFor(
  admins: readonly string[],
  wanted: Wanted,
  withinMs: number,
): Promise<{ outcome: Outcome; answers: Answer[] }> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answers = await askAll(admins);
    const filters = answers.map((answer) => ("state" in answer ? answer.state.filters : []));
    const served = filters.every((ofOne) => wanted.served(ofOne));
    const refused = filters.flat().some(({ refused }) => refused !== null && wanted.names(refused));
    if (served || refused) return { outcome: served ? "served" : "refused", answers };
    if (Date.now() >= end) return { outcome: "late", answers };
    await sleep(pollMs);
  }
}

export type Outcome = "served" | "refused" | "late";

export interface Wanted {
  /** Whether an Envoy with these filters serves what is wanted. */
  served(filters: readonly FilterState[]): boolean;
  /** Whether a version is one of those that are wanted. */
  names(version: string): boolean;
}

/** Each filter in the version that is meant for it. */
export function eachIn(versions: ReadonlyMap<string, string>): Wanted {
  return {
    served: (filters) =>
      [...versions].every(([name, version]) =>
        filters.some((filter) => filter.name === name && filter.version === version),
      ),
    names: (version) => [...versions.values()].includes(version),
  };
}

/** Some filter in each of the versions. */
export function someIn(versions: readonly string[]): Wanted {
  return {
    served: (filters) => versions.every((version) => filters.some((filter) => filter.version === version)),
    names: (version) => versions.includes(version),
  };
}
