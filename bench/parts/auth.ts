import { VALGRIND_HINT, valgrindVersion } from "../envoy/callgrind.js";
import { measureInEnvoy } from "../envoy/measure.js";
import type { Effort } from "../envoy/measure.js";
import { costOf } from "../envoy/results.js";
import type { EnvoyRow } from "../envoy/results.js";
import { label } from "../envoy/rows.js";
import { spread } from "../envoy/slope.js";
import { NONE } from "../envoy/subject.js";
import { limitOf } from "../auth/limits.js";
import { filterOf } from "../auth/row.js";
import type { AuthRow } from "../auth/row.js";
import { authSubjects } from "../auth/subjects.js";
import { authTable } from "../auth/table.js";
import { keys, w2, w3 } from "../auth/workloads.js";
import type { Workload } from "../auth/workloads.js";
import type { PartResult } from "../part.js";
import type { Variants } from "../variants/built.js";

/** Parts that measure the checking of credentials in a real Envoy. */
export const AUTH_PARTS = {
  w2: { title: "Workload W2 in Envoy: an API key", workloads: w2 },
  w3: { title: "Workload W3 in Envoy: a token by HMAC", workloads: w3 },
  keys: { title: "Tokens by public keys in Envoy", workloads: keys },
} as const;
export type AuthPart = keyof typeof AUTH_PARTS;

/** Variants that a part loads. */
export function neededBy(part: AuthPart): string[] {
  const rows = AUTH_PARTS[part].workloads().flatMap((workload) => workload.rows);
  return rows.flatMap((row) => row.module ?? []);
}

const FULL: Effort = { warmUp: 600, small: 100, big: 600, windows: 3 };
const QUICK: Effort = { warmUp: 300, small: 50, big: 250, windows: 1 };
const NOTE =
  "User instructions of Envoy's worker thread per request, as for W1. Each table is of one Envoy; its row without a filter" +
  ' gets the same requests. "another token each time": 1,200 tokens in turn, more than any memory of them holds.';

/** Instructions that the filters of a part add to a request, and the limits on them. */
export async function measureAuth(
  part: AuthPart,
  variants: Variants,
  envoy: string | null,
  quick: boolean,
): Promise<PartResult> {
  const { title, workloads } = AUTH_PARTS[part];
  const missing = envoy === null ? "no Envoy was found" : valgrindVersion() === null ? VALGRIND_HINT : null;
  const results: PartResult[] = [];
  for (const workload of workloads()) {
    if (missing !== null) results.push(leftOut(workload, missing));
    else results.push(await measureWorkload(workload, variants, envoy!, quick ? QUICK : FULL));
  }
  const text = results.map((result) => `${result.title}:\n\n${result.text}`);
  return { title, text: [...text, NOTE].join("\n\n"), limits: results.flatMap(({ limits }) => limits) };
}

function leftOut({ title, rows, bounds }: Workload, missing: string): PartResult {
  const left = rows.map((row) => ({ ...row, missing }));
  return { title, text: `Left out: ${missing}`, limits: bounds.map((bound) => limitOf(title, bound, left)) };
}

/** Measures the rows that can be loaded, in one Envoy. */
async function measureWorkload(
  { title, rows, bounds }: Workload,
  variants: Variants,
  envoy: string,
  effort: Effort,
): Promise<PartResult> {
  const found = rows.map((row) => ({ row, loaded: filterOf(row, variants) }));
  const present = found.flatMap(({ row, loaded }) =>
    "filter" in loaded ? [[row, loaded.filter] as const] : [],
  );
  const windows = await measureInEnvoy(envoy, authSubjects(present), effort);
  const none = windows.get(NONE)!;
  const measured = found.map(({ row, loaded }) =>
    "missing" in loaded ? { ...row, ...loaded } : withCost(row, windows.get(label(row))!, none),
  );
  const limits = bounds.map((bound) => limitOf(title, bound, measured));
  return { title, text: authTable(spread(none), measured), limits };
}

function withCost(row: AuthRow, windows: readonly number[], none: readonly number[]): EnvoyRow {
  const { name, module, configuration } = row;
  return { name, module, configuration, cost: costOf(windows, none) };
}
