import { instrument } from "../wasm/instrument.js";
import { countImports, functionNames } from "../wasm/module-info.js";
import { readSections } from "../wasm/sections.js";
import { startGuest } from "./run.js";
import type { GuestSetup } from "./run.js";

/** A function and the instructions that it executes per request, those of what it calls not among them. */
export interface ProfileLine {
  readonly name: string;
  readonly instructions: number;
}

const WARM_UP = 200;
const REQUESTS = 1_000;

/** Where a module's instructions go, the most expensive function first; functions that did not run are left out. */
export function profileGuest(binary: Uint8Array, setup: GuestSetup = {}): ProfileLine[] {
  const guest = startGuest(instrument(binary, { byFunction: true }), setup);
  guest.run(WARM_UP);
  const before = guest.instructions();
  guest.run(REQUESTS);
  const sections = readSections(binary);
  const names = functionNames(sections);
  const { functions: imported } = countImports(sections);
  const lines = guest.instructions().map((after, i) => ({
    name: names.get(imported + i) ?? `function ${imported + i}`,
    instructions: (after - before[i]!) / REQUESTS,
  }));
  return lines.filter((line) => line.instructions > 0).sort((a, b) => b.instructions - a.instructions);
}
