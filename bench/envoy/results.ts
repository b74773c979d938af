import type { Limit } from "../limits.js";
import { table, whole } from "../table.js";
import { spread } from "./slope.js";
import type { Spread } from "./slope.js";

/** How a filter is loaded: which callbacks Envoy makes. */
export type Configuration = "-" | "full callbacks" | "generated" | "least list";

/** A filter as one row shows it. */
export interface Row {
  readonly name: string;
  /** Variant that it loads; null for Envoy's own filter. */
  readonly module: string | null;
  readonly configuration: Configuration;
}

/** A row with what was measured, or with why it was not. */
export type EnvoyRow = Row & ({ readonly cost: Cost } | { readonly missing: string });

export interface Cost {
  /** Instructions per request, over the windows. */
  readonly total: Spread;
  /** What the same Envoy without the filter takes less. */
  readonly added: number;
}

/** Cost from the windows of a filter and of the same Envoy without one. */
export function costOf(windows: readonly number[], without: readonly number[]): Cost {
  const total = spread(windows);
  return { total, added: total.median - spread(without).median };
}

/** Added cost as a share of another row's; null where either is missing. */
export function ratioTo(row: EnvoyRow, reference: EnvoyRow): number | null {
  if ("missing" in row || "missing" in reference) return null;
  return row.cost.added / reference.cost.added;
}

/** Rows as a table, with ratios to the reference row. */
export function envoyTable(none: Spread, rows: readonly EnvoyRow[], reference: EnvoyRow): string {
  const head = ["filter", "configuration", "instr/request", "min - max", "added", "added / Rust's"];
  const first = ["none", "-", ...totals(none), "-", "-"];
  return table(head, [first, ...rows.map((row) => cells(row, reference))], 2);
}

function cells(row: EnvoyRow, reference: EnvoyRow): string[] {
  if ("missing" in row) return [`${row.name}: left out, ${row.missing}`, row.configuration];
  const ratio = ratioTo(row, reference);
  const { total, added } = row.cost;
  return [
    row.name,
    row.configuration,
    ...totals(total),
    whole(added),
    ratio === null ? "-" : ratio.toFixed(3),
  ];
}

function totals({ median, min, max }: Spread): string[] {
  return [whole(median), `${whole(min)} - ${whole(max)}`];
}

/** Limit on a row's ratio to the reference. */
export function ratioLimit(row: EnvoyRow, reference: EnvoyRow, atMost: number): Limit {
  const missing = [row, reference].map((r) => ("missing" in r ? r.missing : "")).find(Boolean);
  const name = `${row.name}, ${row.configuration}: added instructions in Envoy`;
  return { name, value: ratioTo(row, reference), atMost, unit: "of Rust's", missing };
}
