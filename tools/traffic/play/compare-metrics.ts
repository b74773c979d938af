import type { Metrics } from "../host.js";

/** By how much each metric has changed, by the name that cases use; those that have not are left out. */
export function changesOf(before: Metrics, after: Metrics): Metrics {
  const changes = Object.entries(after).map(([name, value]) => [
    shownName(name),
    value - (before[name] ?? 0),
  ]);
  return Object.fromEntries(changes.filter(([, change]) => change !== 0));
}

/** A sentence for each metric that has not changed as expected. */
export function compareMetrics(expected: Metrics, seen: Metrics): string[] {
  return Object.entries(expected).flatMap(([name, change]) => {
    const got = seen[name] ?? 0;
    return got === change
      ? []
      : [`metrics ${name}: expected a change by ${change}, saw ${got}${rest(name, seen)}`];
  });
}

/** The library's `requests.;route=.a.;status=.200` as `requests{route=a,status=200}`. */
function shownName(name: string): string {
  const [own, ...tags] = name.split(".;");
  if (tags.length === 0) return name;
  return `${own}{${tags.map((tag) => tag.replace(/=\.?/, "=")).join(",")}}`;
}

function rest(name: string, seen: Metrics): string {
  const others = Object.keys(seen).filter((other) => other !== name);
  return others.length === 0
    ? ""
    : `; changed were ${others.map((other) => `${other} by ${seen[other]}`).join(", ")}`;
}
