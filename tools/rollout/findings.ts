import { counted } from "../terminal/index.js";
import type { Expected } from "./published.js";
import { isLive, type EnvoyState, type FilterState } from "./state.js";

/** An Envoy, or why there is none. */
export type Answer = { admin: string; state: EnvoyState } | { admin: string; problem: string };

/** What is not as it should be, a sentence each. */
export function findingsIn(answers: readonly Answer[], expected?: Expected): string[] {
  const states = answers.flatMap((answer) => ("state" in answer ? [answer.state] : []));
  return [
    ...answers.flatMap((answer) => ("problem" in answer ? [answer.problem] : [])),
    ...states.flatMap((state) => findingsOf(state)),
    ...differences(states),
    ...(expected ? states.flatMap((state) => missing(state, expected)) : []),
  ];
}

function findingsOf({ admin, state, filters }: EnvoyState): string[] {
  return [
    ...(state === "LIVE" ? [] : [`${admin}: is ${state}, not LIVE`]),
    ...filters.filter((filter) => !isLive(filter)).map(({ name }) => `${admin}: ${name}: not live`),
    ...filters
      .filter(({ refused }) => refused !== null)
      .map(({ name, refused, version }) => {
        const others = version === null ? "nothing" : shown(version);
        return `${admin}: ${name}: refused version ${shown(refused!)}, and ${others} serves`;
      }),
    ...filters.filter(({ doubtful }) => doubtful).map((filter) => `${admin}: ${doubt(filter)}`),
  ];
}

function doubt({ name, version, updates }: FilterState): string {
  return `${name}: refused ${counted(updates.refused, "update")} and read an unchanged file since: Envoy does not tell whether ${shown(version ?? "")} serves`;
}

/** Each filter is named once, whatever number of Envoys differ in it. */
function differences(states: readonly EnvoyState[]): string[] {
  const names = [...new Set(states.flatMap(({ filters }) => filters.map(({ name }) => name)))];
  return names.flatMap((name) => {
    const versions = states.map(({ admin, filters }) => ({
      admin,
      is: identity(filters.find((filter) => filter.name === name)),
    }));
    if (new Set(versions.map(({ is }) => is)).size < 2) return [];
    return [`${name}: the Envoys differ: ${versions.map(({ admin, is }) => `${is} at ${admin}`).join(", ")}`];
  });
}

function identity(filter: FilterState | undefined): string {
  if (!filter) return "no such filter";
  if (!isLive(filter)) return "not live";
  return filter.version ? filter.version : `${filter.module}-${filter.configuration}`;
}

function missing({ admin, filters }: EnvoyState, { by, versions }: Expected): string[] {
  return [...versions].flatMap(([name, version]) => {
    const filter = filters.find((one) => one.name === name);
    if (filter?.version === version || filter?.refused === version) return [];
    return [`${admin}: ${name}: ${identity(filter)}, where ${by} holds ${version}`];
  });
}

function shown(version: string): string {
  return version === "" ? "without a name" : version;
}
