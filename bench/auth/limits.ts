import type { EnvoyRow } from "../envoy/results.js";
import { ratioTo } from "../envoy/results.js";
import type { Limit } from "../limits.js";
import type { Bound } from "./workloads.js";

/** The limit that a bound sets to what was measured. */
export function limitOf(title: string, bound: Bound, rows: readonly EnvoyRow[]): Limit {
  const row = named(rows, bound.row);
  const name = `${title}: ${row.name}, added instructions in Envoy`;
  const { atMost } = bound;
  if (bound.of === undefined) return { name, value: addedBy(row), atMost, unit: "", missing: missingIn(row) };
  const other = named(rows, bound.of);
  const missing = missingIn(row) ?? missingIn(other);
  return { name, value: ratioTo(row, other), atMost, unit: `of ${other.name}'s`, missing };
}

function named(rows: readonly EnvoyRow[], name: string): EnvoyRow {
  const row = rows.find((candidate) => candidate.name === name);
  if (!row) throw new Error(`no row is called ${name}`);
  return row;
}

function addedBy(row: EnvoyRow): number | null {
  return "missing" in row ? null : row.cost.added;
}

function missingIn(row: EnvoyRow): string | undefined {
  return "missing" in row ? row.missing : undefined;
}
