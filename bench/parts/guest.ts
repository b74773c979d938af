import { readFileSync } from "node:fs";
import { capabilitiesOf } from "../../tools/envoy/capabilities.js";
import { moduleFacts } from "../../tools/envoy/module.js";
import { measureGuest } from "../guest/measure.js";
import type { GuestFigures } from "../guest/measure.js";
import type { HeaderMap } from "../guest/header-map.js";
import { USER_AGENT } from "../agents.js";
import type { Limit } from "../limits.js";
import type { PartResult } from "../part.js";
import { decimal, table, whole } from "../table.js";
import { variant } from "../variants/built.js";
import type { Variants } from "../variants/built.js";

interface Row {
  readonly module: string;
  /** Whether the host makes only the callbacks that the generated configuration lets through. */
  readonly generated: boolean;
  /** Header lines that prove that the work was done: at the upstream, and at the client. */
  readonly proof: Proof;
}

interface Proof {
  readonly upstream: readonly string[];
  readonly client: readonly string[];
}

type Measured = Row &
  ({ readonly figures: GuestFigures; readonly fresh: GuestFigures } | { readonly missing: string });

const W1: Proof = { upstream: [`x-seen: ${USER_AGENT}`], client: ["x-wasm: ok"] };
const PASS_ON: Proof = { upstream: [...W1.upstream, "x-tenant: one", "x-zone: two"], client: [] };
const ROWS: Row[] = [
  { module: "raw", generated: false, proof: W1 },
  { module: "rust", generated: false, proof: W1 },
  { module: "w1-string", generated: false, proof: W1 },
  { module: "w1-string", generated: true, proof: W1 },
  { module: "w1-setting", generated: false, proof: W1 },
  { module: "w1-setting", generated: true, proof: W1 },
  { module: "w1-bytes", generated: false, proof: W1 },
  { module: "w1-bytes", generated: true, proof: W1 },
  { module: "w1-stateful", generated: true, proof: W1 },
  { module: "pass-on", generated: true, proof: PASS_ON },
];
/** Variants that this part runs. */
export const RUN_ALONE = ROWS.map((row) => row.module);

const W1_INSTRUCTIONS = 600;
const NOTE =
  'W1 has the same user agent each time, and the limits are on that; in the columns "with new values" each request has' +
  " another one, so that nothing remembered of an earlier value helps." +
  " Instructions are charged as wasmtime's fuel charges them. The host is a stub: its own work is not in any figure." +
  " Memory is in pages of 64 KiB at the start, after 2,000 and after 22,000 requests.";

/** What the modules cost per request by themselves, and the limits on it. */
export function measureGuests(variants: Variants): PartResult {
  const measured = ROWS.map((row) => measureRow(row, variants));
  return {
    title: "Inside the module, per request",
    text: `${guestTable(measured)}\n\n${NOTE}`,
    limits: [...instructionLimits(measured), ...allocationLimits(measured), ...memoryLimits(measured)],
  };
}

function measureRow(row: Row, variants: Variants): Measured {
  const module = variant(variants, row.module);
  if ("missing" in module) return { ...row, missing: module.missing };
  const binary = readFileSync(module.path);
  const withheld = row.generated ? withheldFrom(binary) : [];
  const figures = measureGuest(binary, { withheld });
  checkProof(row, figures);
  return { ...row, figures, fresh: measureGuest(binary, { withheld, agents: "new" }) };
}

/** A module that does less than the others must not look cheaper for it. */
function checkProof({ module, proof }: Row, { upstream, client }: GuestFigures): void {
  const lines = (map: HeaderMap): string[] => map.entries.map(([name, value]) => `${name}: ${value}`);
  const seen = { upstream: lines(upstream), client: lines(client) };
  const missing = [
    ...proof.upstream.filter((line) => !seen.upstream.includes(line)),
    ...proof.client.filter((line) => !seen.client.includes(line)),
  ];
  if (missing.length > 0) throw new Error(`${module} does not do its work: ${missing.join("; ")} is missing`);
}

/** Callbacks that the generated configuration does not let through. */
function withheldFrom(binary: Uint8Array<ArrayBuffer>): string[] {
  const facts = moduleFacts(binary);
  const allowed = new Set(capabilitiesOf(facts));
  return facts.callbacks.filter((name) => !allowed.has(name));
}

const HEAD = [
  "module",
  "configuration",
  "wasm instr",
  "with new values",
  "GC objects",
  "with new values",
  "pages",
  "with new values",
  "host calls",
  "callbacks made",
  "to start",
];

function guestTable(measured: readonly Measured[]): string {
  return table(HEAD, measured.map(guestRow), 2);
}

function guestRow(row: Measured): string[] {
  if ("missing" in row) return [`${row.module}: left out, ${row.missing}`];
  const { figures, fresh } = row;
  const objects = (f: GuestFigures): string => (f.allocations === null ? "-" : decimal(f.allocations));
  return [
    row.module,
    configurationOf(row),
    ...[figures, fresh].map((f) => decimal(f.instructions)),
    ...[figures, fresh].map(objects),
    ...[figures, fresh].map((f) => f.pages.join(", ")),
    ...[figures.hostCalls, figures.callbacks].map(decimal),
    whole(figures.startInstructions),
  ];
}

function configurationOf(row: Row): string {
  return row.generated ? "generated" : "full callbacks";
}

function instructionLimits(measured: readonly Measured[]): Limit[] {
  const rows = measured.filter((row) => row.module === "w1-string");
  return rows.map((row) =>
    limit(
      row,
      "wasm instructions per request, the same user agent each time",
      W1_INSTRUCTIONS,
      (f) => f.instructions,
    ),
  );
}

function allocationLimits(measured: readonly Measured[]): Limit[] {
  const rows = measured.filter((row) => row.module === "pass-on");
  return rows.map((row) => limit(row, "GC objects per request after warm-up", 0, (f) => f.allocations));
}

function memoryLimits(measured: readonly Measured[]): Limit[] {
  const ours = measured.filter((row) => row.module !== "raw" && row.module !== "rust");
  const growth = ours.map((row) => ("figures" in row ? growthOf(row) : 0));
  const name = "memory of each of our modules, growth from request 2,000 to 22,000";
  return [{ name, value: Math.max(...growth), atMost: 0, unit: "pages" }];
}

/** With new values all the time as well: a load that repeats itself shows no leak of what it brings. */
function growthOf({ figures, fresh }: { figures: GuestFigures; fresh: GuestFigures }): number {
  return Math.max(...[figures, fresh].map(({ pages }) => pages[2] - pages[1]));
}

function limit(
  row: Measured,
  what: string,
  atMost: number,
  figure: (figures: GuestFigures) => number | null,
): Limit {
  const name = `${row.module}, ${configurationOf(row)}: ${what}`;
  if ("missing" in row) return { name, atMost, unit: "", value: null, missing: row.missing };
  return { name, atMost, unit: "", value: figure(row.figures), missing: "the module has no function names" };
}
