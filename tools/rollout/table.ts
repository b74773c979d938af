import { aligned, counted, type Terminal } from "../terminal/index.js";
import type { Answer } from "./findings.js";
import type { EnvoyState, FilterState } from "./state.js";

/** Prints each Envoy with its filters, then what is not as it should be. */
export function printStatus(
  answers: readonly Answer[],
  findings: readonly string[],
  { line, colors }: Terminal,
): void {
  for (const answer of answers) if ("state" in answer) for (const text of rows(answer.state)) line(text);
  for (const finding of findings) line(colors.red(finding));
}

function rows(state: EnvoyState): string[] {
  const { admin, version, uptimeSeconds, vms, filters, unfiltered } = state;
  const head = `Envoy ${version} at ${admin}: up ${uptimeSeconds} s, ${counted(vms.active, "VM")} of ${vms.created} so far`;
  const without = `, ${unfiltered} turned away for want of a filter`;
  const titles = ["filter", "module", "configuration", "since", "updates", "reloads"];
  const table = aligned([titles, ...filters.map(cells)]).map((row) => `  ${row}`);
  return [head + (unfiltered > 0 ? without : ""), ...(filters.length > 0 ? table : ["  no Wasm filter"])];
}

function cells(filter: FilterState): string[] {
  const { name, module, configuration, since, updates, reloads, failedReloads } = filter;
  const { taken, refused, unreadable } = updates;
  const parts = [
    `${taken} taken`,
    refused > 0 ? `${refused} refused` : "",
    unreadable > 0 ? `${unreadable} unreadable` : "",
  ];
  const known = parts.filter((part) => part !== "").join(", ");
  return [
    name,
    module ?? "-",
    configuration ?? "-",
    since?.replace(/\.\d+Z$/, "Z") ?? "start",
    filter.source === "bootstrap" ? "fixed" : known,
    failedReloads > 0 ? `${reloads}, ${failedReloads} failed` : String(reloads),
  ];
}
