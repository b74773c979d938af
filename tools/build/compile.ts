import { stripVTControlCharacters } from "node:util";
import asc from "assemblyscript/asc";
import { UserError } from "../errors.js";
import { dataSegments, withDataSegments } from "./data.js";
import { without } from "./strings.js";
import { ENTRY, entryText, sourceReader } from "./sources.js";
import type { FilterClass } from "./filters.js";
import { needsTracking } from "./callbacks.js";
import { pruning, type Findings } from "./transform.js";

export interface Compilation {
  /** Folder that paths in the module and its messages are relative to. */
  base: string;
  /** The author's file, relative to it, without extension. */
  file: string;
  /** Name of the module's files, without extension. */
  name: string;
  /** Compile-time constants, for example build switches. */
  defines?: Record<string, number>;
}

export interface Compiled {
  binary: Uint8Array;
  sourceMap: string;
  /** What the compiler warned of, "" where it did not. */
  warnings: string;
  findings: Findings;
}

type Runtime = "stub" | "minimal" | "incremental";

/** Where the library says what `abort` means. */
const ABORT = "~lib/meshscript/assembly/abi/abort/onAbort";
/** Says that what no filter of the module needs is left out. */
const BUILT = { MESHSCRIPT_BUILT: 1 };
/** 16 MiB: what a module may grow to at most, in pages of 64 KiB. */
const MAXIMUM_PAGES = 256;

/**
 * Compiles a module. What its filters need shows only in a compiled module, so it is compiled twice: first to see, then
 * with what it needs.
 */
export async function compile(options: Compilation): Promise<Compiled> {
  const { findings } = await run(options, "stub", BUILT);
  if (findings.filters.length === 0) throw noFilter(options.file);
  return run(options, runtimeFor(findings), switchesFor(findings));
}

/**
 * Objects that traffic makes need the collector that works while a callback runs. Texts, or what reading a configuration
 * leaves, can wait until it ends. A filter that makes neither has no heap at all.
 */
function runtimeFor({ filters, allocates }: Findings): Runtime {
  if (allocates === "objects" || needsTracking(filters) || filters.some((f) => f.stateful))
    return "incremental";
  return allocates === "texts" || filters.some((f) => f.settings) ? "minimal" : "stub";
}

function switchesFor(findings: Findings): Record<string, number> {
  const runtime = runtimeFor(findings);
  return {
    ...BUILT,
    ...(needsTracking(findings.filters) ? { MESHSCRIPT_TRACKED: 1 } : {}),
    ...(isPlain(findings.filters) ? { MESHSCRIPT_PLAIN: 1 } : {}),
    ...(isPlain(findings.filters) && runtime === "stub" ? { MESHSCRIPT_HEAPLESS: 1 } : {}),
    ...(runtime === "minimal" ? { MESHSCRIPT_COLLECT: 1 } : {}),
  };
}

/** One filter whose plugins are all alike and whose object needs no making. */
function isPlain(filters: FilterClass[]): boolean {
  return (
    filters.length === 1 &&
    !needsTracking(filters) &&
    filters.every((f) => !f.settings && !f.stateful && f.rootId === "" && !f.hasConstructor)
  );
}

async function run(
  options: Compilation,
  runtime: Runtime,
  switches: Record<string, number>,
): Promise<Compiled> {
  const findings: Findings = { filters: [], sources: [], allocates: "objects", unused: [], literals: [] };
  const outputs = new Map<string, string | Uint8Array>();

  const { error, stderr } = await asc.main(
    argumentsFor({ ...options, defines: { ...options.defines, ...switches } }, runtime),
    {
      readFile: sourceReader(options.base, entryText(options.file)),
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
      transforms: [pruning(findings)] as never,
    },
  );
  // On build servers the compiler writes in colours, wherever it writes to.
  const said = stripVTControlCharacters(stderr.toString()).trim();
  if (error) throw new UserError(`${options.file}.ts does not compile\n${said || error.message}`);
  return {
    binary: withoutWaste(outputs.get(`${options.name}.wasm`) as Uint8Array, findings),
    sourceMap: outputs.get(`${options.name}.wasm.map`) as string,
    warnings: said,
    findings,
  };
}

/** The module with the texts that were encoded at build time, without the strings they were made from. */
function withoutWaste(binary: Uint8Array, findings: Findings): Uint8Array {
  const segments = [...findings.literals, ...without(dataSegments(binary), findings.unused)];
  return withDataSegments(
    binary,
    segments.sort((a, b) => a.address - b.address),
  );
}

function argumentsFor(options: Compilation, runtime: Runtime): string[] {
  const uses = [`abort=${ABORT}`, ...Object.entries(options.defines ?? {}).map(([k, v]) => `${k}=${v}`)];
  return [
    ENTRY,
    ...["--outFile", `${options.name}.wasm`, "--sourceMap", `./${options.name}.wasm.map`, "--debug"],
    ...["--optimizeLevel", "3", "--shrinkLevel", "2", "--runtime", runtime],
    ...["--exportStart", "_initialize", "--maximumMemory", String(MAXIMUM_PAGES)],
    ...uses.flatMap((use) => ["--use", use]),
  ];
}

function noFilter(file: string): UserError {
  return new UserError(
    `${file}.ts registers no filter`,
    "Add `register<YourFilter>();` at the top level of the file.",
  );
}
