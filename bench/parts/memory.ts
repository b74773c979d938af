import { readFileSync } from "node:fs";
import { runEmulated, type Memory } from "../memory/emulated.js";
import { measureReal, type RealMemory } from "../memory/real.js";
import { checkRuntime, SUBJECTS, type Subject } from "../memory/subjects.js";
import type { Limit } from "../limits.js";
import type { PartResult } from "../part.js";
import { decimal, table, whole } from "../table.js";
import { variant, type Variants } from "../variants/built.js";

/** Variants whose memory is watched. */
export const WATCHED = SUBJECTS.map((subject) => subject.module);

interface Effort {
  readonly emulated: number;
  readonly real: number;
  readonly reconfigurations: number;
}

const FULL: Effort = { emulated: 1_000_000, real: 200_000, reconfigurations: 200 };
const QUICK: Effort = { emulated: 20_000, real: 4_000, reconfigurations: 4 };
/** With updates, each of which is tried in a VM of its own first, there are fewer requests. */
const UPDATED_SHARE = 0.1;
const UPDATED_LEAST = 4000;
/** What Envoy itself may take, in KiB: buffers and statistics that it keeps. */
const ENVOY_GROWTH = 4096;
const NOTE =
  "A sixth each of the requests is plain, has a body, is denied, is denied for its body; the last two sixths are plain or," +
  " where the filter asks another service, wait for its answer. Up to 64 are in flight. Memory is in pages of 64 KiB: at" +
  " the start, after a tenth of the requests (1,000 at least), and at the end. Envoy's own memory is that of its process.";

/** Memory of a module for each runtime that the build offers, in the emulator and in real Envoy. */
export async function measureMemory(
  variants: Variants,
  envoy: string | null,
  quick: boolean,
): Promise<PartResult> {
  const effort = quick ? QUICK : FULL;
  const rows: string[][] = [];
  const limits: Limit[] = [];
  for (const subject of SUBJECTS) {
    for (const { host, load, memory } of await measured(subject, pathOf(variants, subject), envoy, effort)) {
      rows.push(rowOf(subject, host, load, memory));
      limits.push(...limitsOf(subject, `${host}, ${load}`, memory));
    }
  }
  return { title: "Memory under load", text: `${table(HEAD, rows, 4)}\n\n${NOTE}`, limits };
}

interface Measured {
  readonly host: string;
  readonly load: string;
  readonly memory: (Memory & Partial<RealMemory>) | { readonly missing: string };
}

async function measured(
  subject: Subject,
  path: string,
  envoy: string | null,
  effort: Effort,
): Promise<Measured[]> {
  const binary = readFileSync(path);
  checkRuntime(subject, binary);
  const { emulated, real, reconfigurations } = effort;
  const updated = (requests: number) => ({
    requests: Math.max(UPDATED_LEAST, requests * UPDATED_SHARE),
    reconfigurations,
  });
  const inEnvoy = (load: { requests: number; reconfigurations: number }) =>
    envoy === null ? { missing: "no Envoy was found" } : measureReal(subject, path, envoy, load);
  const updates = `${whole(reconfigurations)} updates`;
  return [
    {
      host: "emulator",
      load: `${whole(emulated)} requests`,
      memory: runEmulated(subject, binary, { requests: emulated, reconfigurations: 0 }),
    },
    {
      host: "emulator",
      load: `${updates}, ${whole(updated(emulated).requests)} requests`,
      memory: runEmulated(subject, binary, updated(emulated)),
    },
    {
      host: "Envoy",
      load: `${whole(real)} requests`,
      memory: await inEnvoy({ requests: real, reconfigurations: 0 }),
    },
    {
      host: "Envoy",
      load: `${updates}, ${whole(updated(real).requests)} requests`,
      memory: await inEnvoy(updated(real)),
    },
  ];
}

function pathOf(variants: Variants, { module }: Subject): string {
  const built = variant(variants, module);
  if ("missing" in built) throw new Error(`${module}: ${built.missing}`);
  return built.path;
}

const HEAD = ["module", "collector", "host", "load", "pages", "most", "process KiB", "seconds"];

function rowOf(
  { module, runtime }: Subject,
  host: string,
  load: string,
  memory: Measured["memory"],
): string[] {
  const name = [module, runtime, host, load];
  if ("missing" in memory) return [...name, `left out: ${memory.missing}`];
  const { start, warm, end, most, resident, seconds } = memory;
  return [
    ...name,
    [start, warm, end].join(", "),
    String(most),
    resident ? resident.map(whole).join(" to ") : "-",
    decimal(Math.round(seconds * 10) / 10),
  ];
}

function limitsOf({ module }: Subject, load: string, memory: Measured["memory"]): Limit[] {
  const growth = { name: `${module}, ${load}: growth once it is warm`, atMost: 0, unit: "pages" };
  if ("missing" in memory) return [{ ...growth, value: null, missing: memory.missing }];
  const limits: Limit[] = [{ ...growth, value: memory.end - memory.warm }];
  if (memory.resident) {
    const [before, after] = memory.resident;
    limits.push({
      name: `${module}, ${load}: growth of the process`,
      value: after - before,
      atMost: ENVOY_GROWTH,
      unit: "KiB",
    });
  }
  return limits;
}
