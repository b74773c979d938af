import { functionNames } from "../wasm/module-info.js";
import { readSections } from "../wasm/sections.js";

/** How a module comes by memory, as the build chose it. */
export type Runtime = "none" | "minimal" | "incremental";

/** A filter whose memory is watched. */
export interface Subject {
  readonly module: string;
  readonly runtime: Runtime;
  readonly configuration: string;
  /** Whether it asks another service about some of its requests. */
  readonly asks: boolean;
}

/** One for each way in which the build gives a module memory. */
export const SUBJECTS: readonly Subject[] = [
  { module: "memory-heapless", runtime: "none", configuration: "{}", asks: false },
  { module: "memory-collected", runtime: "minimal", configuration: '{"mark":"one"}', asks: false },
  { module: "memory-incremental", runtime: "incremental", configuration: '{"mark":"one"}', asks: true },
];

/** The same configuration in another form, so that a host takes it for a new one. */
export function variantOf(configuration: string, n: number): string {
  return configuration + " ".repeat(n);
}

/** Throws where the build no longer gives the module the runtime that it is there to show. */
export function checkRuntime({ module, runtime }: Subject, binary: Uint8Array): void {
  const names = [...functionNames(readSections(binary)).values()];
  const has = (folder: string): boolean => names.some((name) => name.startsWith(`~lib/rt/${folder}/`));
  const found: Runtime = has("itcms") ? "incremental" : has("tcms") ? "minimal" : "none";
  if (found !== runtime) throw new Error(`${module}: its garbage collector is ${found}, not ${runtime}`);
}
