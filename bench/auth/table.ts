import type { EnvoyRow } from "../envoy/results.js";
import { ratioTo } from "../envoy/results.js";
import type { Spread } from "../envoy/slope.js";
import { table, whole } from "../table.js";

const HEAD = ["filter", "configuration", "instr/request", "min - max", "added", "/ native", "/ Rust"];

/** Rows as a table, with ratios to the first native row and the first of another SDK. */
export function authTable(none: Spread, rows: readonly EnvoyRow[]): string {
  const native = rows.find((row) => row.module === null);
  const rust = rows.find((row) => row.module?.startsWith("rust"));
  const first = ["none", "-", ...totals(none), "-", "-", "-"];
  return table(HEAD, [first, ...rows.map((row) => cells(row, [native, rust]))], 2);
}

function cells(row: EnvoyRow, references: readonly (EnvoyRow | undefined)[]): string[] {
  if ("missing" in row) return [`${row.name}: left out, ${row.missing}`, row.configuration];
  const { total, added } = row.cost;
  const ratios = references.map((reference) => shown(reference ? ratioTo(row, reference) : null));
  return [row.name, row.configuration, ...totals(total), whole(added), ...ratios];
}

function shown(ratio: number | null): string {
  return ratio === null ? "-" : ratio.toFixed(3);
}

function totals({ median, min, max }: Spread): string[] {
  return [whole(median), `${whole(min)} - ${whole(max)}`];
}
