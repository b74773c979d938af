import { instrument } from "../wasm/instrument.js";
import { functionNames } from "../wasm/module-info.js";
import { readSections } from "../wasm/sections.js";
import type { HeaderMap } from "./header-map.js";
import { startGuest } from "./run.js";
import type { Guest, GuestSetup } from "./run.js";

/** What one request costs inside the module, with a host that costs nothing. */
export interface GuestFigures {
  readonly instructions: number;
  readonly hostCalls: number;
  /** Calls from the host into the module, those for memory included. */
  readonly callbacks: number;
  /** GC objects made; null where they cannot be told: no function names, or not compiled by AssemblyScript. */
  readonly allocations: number | null;
  /** Memory in 64 KiB pages: at the start, after 2,000 requests, after 22,000. */
  readonly pages: readonly [start: number, warm: number, end: number];
  /** Instructions from instantiation to the end of configure. */
  readonly startInstructions: number;
  /** The last request's headers as the upstream sees them, and its response's as the client does. */
  readonly upstream: HeaderMap;
  readonly client: HeaderMap;
}

const WARM_UP = 2_000;
const REQUESTS = 20_000;

/** Runs a module on a stub host and returns its costs per request; throws if it refuses its configuration. */
export function measureGuest(binary: Uint8Array, setup: GuestSetup = {}): GuestFigures {
  const names = [...functionNames(readSections(binary)).values()];
  const guest = startGuest(instrument(binary, { watch: allocatorAmong(names) }), setup);
  const pagesAtStart = guest.pages();
  const startInstructions = sum(guest.instructions());
  guest.run(WARM_UP);
  const warmPages = guest.pages();
  const before = counts(guest);
  guest.run(REQUESTS);
  const after = counts(guest);
  const per = (key: keyof typeof after): number => (after[key] - before[key]) / REQUESTS;
  return {
    instructions: per("instructions"),
    hostCalls: per("hostCalls"),
    callbacks: per("callbacks"),
    allocations: names.some(isCompiledHere) ? per("entries") : null,
    pages: [pagesAtStart, warmPages, guest.pages()],
    startInstructions,
    upstream: guest.host.maps.get(0)!,
    client: guest.host.maps.get(2)!,
  };
}

function counts(guest: Guest) {
  return {
    instructions: sum(guest.instructions()),
    entries: guest.entries(),
    hostCalls: sum([...guest.host.hostCalls.values()]),
    callbacks: guest.callbacks + guest.host.allocations,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Recognises the function that makes GC objects; where that was inlined, the ones that make any heap block. */
export function allocatorAmong(names: readonly string[]): (name: string) => boolean {
  const makesObject = /^~lib\/rt\/.*\/__new$/;
  const makesBlock = /^~lib\/rt\/.*\/(__alloc|allocateBlock)$/;
  const wanted = names.some((name) => makesObject.test(name)) ? makesObject : makesBlock;
  return (name) => wanted.test(name);
}

function isCompiledHere(name: string): boolean {
  return name.startsWith("~lib/");
}
