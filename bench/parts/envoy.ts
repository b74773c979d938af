import type { Agents } from "../agents.js";
import { VALGRIND_HINT, valgrindVersion } from "../envoy/callgrind.js";
import { measureInEnvoy } from "../envoy/measure.js";
import type { Effort } from "../envoy/measure.js";
import { costOf, envoyTable, ratioLimit } from "../envoy/results.js";
import type { EnvoyRow, Row } from "../envoy/results.js";
import { candidate, GROUPS, label, RUST, STRING_ROWS } from "../envoy/rows.js";
import type { Candidate, Group } from "../envoy/rows.js";
import { spread } from "../envoy/slope.js";
import { NONE } from "../envoy/subject.js";
import { w1Subjects } from "../envoy/w1.js";
import type { PartResult } from "../part.js";
import type { Variants } from "../variants/built.js";

/** Variants that this part loads into Envoy. */
export const RUN_IN_ENVOY = [...GROUPS.same, ...GROUPS.new].flat().flatMap((row) => row.module ?? []);

interface GroupResult {
  /** Windows of the Envoy without a filter. */
  readonly none: readonly number[];
  readonly rows: readonly EnvoyRow[];
}

const TITLE = "Workload W1 in Envoy";
const SAME_AGENT = "The same user agent each time, as W1 is defined; the limits are on these rows:";
const NEW_AGENTS =
  "Another user agent with each request, so that nothing remembered of an earlier value helps (no limit; ratios to Rust" +
  " with the same requests):";
const FULL_AT_MOST = 0.95;
const GENERATED_AT_MOST = 0.85;
const FULL: Effort = { warmUp: 2000, small: 200, big: 1200, windows: 3 };
const QUICK: Effort = { warmUp: 400, small: 100, big: 400, windows: 2 };

/** Instructions that W1 adds to a request in real Envoy, and the limits on our rows. */
export async function measureEnvoy(
  variants: Variants,
  envoy: string | null,
  quick: boolean,
): Promise<PartResult> {
  if (envoy === null) return leftOut("no Envoy was found");
  if (valgrindVersion() === null) return leftOut(VALGRIND_HINT);
  const effort = quick ? QUICK : FULL;
  const measure = (agents: Agents) => measureRows(agents, variants, envoy, effort);
  const [same, fresh] = [await measure("same"), await measure("new")];
  const tables = [SAME_AGENT, same.table, NEW_AGENTS, fresh.table, note(effort)];
  return { title: TITLE, text: tables.join("\n\n"), limits: limitsOf(same.rows) };
}

function leftOut(missing: string): PartResult {
  const rows = GROUPS.same.flat().map((row) => ({ ...row, missing }));
  return { title: TITLE, text: `Left out: ${missing}`, limits: limitsOf(rows) };
}

async function measureRows(agents: Agents, variants: Variants, envoy: string, effort: Effort) {
  const groups: GroupResult[] = [];
  for (const group of GROUPS[agents]) groups.push(await measureGroup(group, agents, variants, envoy, effort));
  const rows = groups.flatMap((group) => group.rows);
  const none = spread(groups.flatMap((group) => group.none));
  return { rows, table: envoyTable(none, rows, rowOf(rows, RUST)) };
}

async function measureGroup(
  group: Group,
  agents: Agents,
  variants: Variants,
  envoy: string,
  effort: Effort,
): Promise<GroupResult> {
  const candidates = group.map((row) => candidate(row, variants));
  const filters = candidates.flatMap((row) => ("filter" in row ? [[label(row), row.filter] as const] : []));
  const windows = await measureInEnvoy(envoy, w1Subjects(new Map(filters), agents), effort);
  const none = windows.get(NONE)!;
  return { none, rows: candidates.map((row) => measured(row, windows, none)) };
}

function measured(row: Candidate, windows: ReadonlyMap<string, number[]>, none: readonly number[]): EnvoyRow {
  if ("missing" in row) return row;
  const { name, module, configuration } = row;
  return { name, module, configuration, cost: costOf(windows.get(label(row))!, none) };
}

function rowOf(rows: readonly EnvoyRow[], wanted: Row): EnvoyRow {
  return rows.find((row) => label(row) === label(wanted))!;
}

function limitsOf(rows: readonly EnvoyRow[]) {
  const rust = rowOf(rows, RUST);
  return STRING_ROWS.map((row) => {
    const atMost = row.configuration === "generated" ? GENERATED_AT_MOST : FULL_AT_MOST;
    return ratioLimit(rowOf(rows, row), rust, atMost);
  });
}

function note({ small, big, warmUp, windows }: Effort): string {
  return [
    "User instructions of the worker thread per request, counted by callgrind in a real Envoy: the slope between",
    `${small} and ${big} requests after ${warmUp} to warm up, median of ${windows} windows. "added" is over the row`,
    'without a filter in the same Envoy. Configurations: "generated" is what meshscript generates, with a list of the',
    'callbacks that the module needs; "full callbacks" has no such list; "least list" is one written by hand that',
    "leaves out all that the Rust filter can do without.",
  ].join(" ");
}
