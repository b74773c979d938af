import { stripVTControlCharacters } from "node:util";
import asc from "assemblyscript/asc";
import { UserError } from "../errors.js";
import { dataSegments, merged, withDataSegments } from "./data.js";
import { without, withoutHeapNotes } from "./strings.js";
import type { Read } from "./cache.js";
import { ENTRY } from "./sources.js";
import {
  collectsBetweenCallbacks,
  hearsOfEnds,
  mayComeTooLate,
  needsOf,
  seesOnlyMessages,
  seesTrailers,
  type Needs,
} from "./callbacks.js";
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
  /** Where the compiler finds sources. */
  read: Read;
}

export interface Compiled {
  binary: Uint8Array;
  sourceMap: string;
  /** What the compiler warned of, "" where it did not. */
  warnings: string;
  findings: Findings;
}

/** A compiled module, and what the library does in it. */
export interface CompiledModule extends Compiled {
  needs: Needs;
}

/** Compile-time constants. */
type Switches = Record<string, number>;
type Runtime = "stub" | "minimal" | "incremental";

/** Where the library says what `abort` means. */
const ABORT = "~lib/meshscript/assembly/abi/abort/onAbort";
/** Says that what no filter of the module needs is left out. */
const BUILT = { MESHSCRIPT_BUILT: 1 };
/** 16 MiB: what a module may grow to at most, in pages of 64 KiB. */
const MAXIMUM_PAGES = 256;

/**
 * Compiles a module. What its filters need shows only in a compiled module, so it is compiled twice: first to see, then
 * with what it needs. What the library does between handlers shows only where it is compiled along, once more.
 */
export async function compile(options: Compilation): Promise<CompiledModule> {
  const bare = await run(options, "stub", BUILT);
  if (bare.findings.filters.length === 0) throw noFilter(options.file);
  const { findings } = needs(bare.findings).tracking
    ? await run(options, "stub", switchesFor(bare.findings, "stub"), bare.findings.imports)
    : bare;
  const runtime = runtimeFor(findings);
  const compiled = await run(options, runtime, switchesFor(findings, runtime), findings.imports);
  return { ...compiled, needs: needs(findings) };
}

function needs({ filters, imports }: Findings): Needs {
  return needsOf(filters, imports);
}

/**
 * Objects that traffic makes need the collector that works while a callback runs, unless their author says that they can
 * wait. Texts, or what reading a configuration leaves, can wait until it ends. A filter that makes neither has no heap at
 * all.
 */
function runtimeFor(findings: Findings): Runtime {
  const { filters, allocates, sources } = findings;
  const { tracking, calling } = needs(findings);
  const keeps = tracking || calling || filters.some((f) => f.stateful);
  if (allocates === "objects" || keeps) return collectsBetweenCallbacks(sources) ? "minimal" : "incremental";
  return allocates === "texts" || filters.some((f) => f.settings) ? "minimal" : "stub";
}

function switchesFor(findings: Findings, runtime: Runtime): Switches {
  const { tracking, holding, rewriting, watching, calling, streaming, connecting } = needs(findings);
  const plain = isPlain(findings);
  const wanted: Record<string, boolean> = {
    MESHSCRIPT_TRACKED: tracking,
    MESHSCRIPT_HOLDS: holding,
    MESHSCRIPT_REWRITES: rewriting,
    MESHSCRIPT_BODIES: watching,
    MESHSCRIPT_DISTINCT: hearsOfEnds(findings.filters),
    MESHSCRIPT_ENDS: mayComeTooLate(findings.filters, tracking),
    MESHSCRIPT_TRAILERS: seesTrailers(findings.filters),
    MESHSCRIPT_CALLS: calling,
    MESHSCRIPT_STREAMS: streaming,
    MESHSCRIPT_TCP: connecting,
    MESHSCRIPT_PLAIN: plain,
    MESHSCRIPT_HEAPLESS: plain && runtime === "stub" && !findings.heap,
    MESHSCRIPT_COLLECT: runtime === "minimal",
  };
  const names = Object.keys(wanted).filter((name) => wanted[name]);
  return { ...BUILT, ...Object.fromEntries(names.map((name) => [name, 1])) };
}

/** One filter whose plugins are all alike and whose object needs no making. */
function isPlain(findings: Findings): boolean {
  const { filters } = findings;
  return (
    filters.length === 1 &&
    !needs(findings).tracking &&
    !needs(findings).calling &&
    seesOnlyMessages(filters) &&
    filters.every((f) => !f.settings && !f.stateful && f.rootId === "" && !f.hasConstructor)
  );
}

async function run(
  options: Compilation,
  runtime: Runtime,
  switches: Switches,
  imports: readonly string[] = [],
): Promise<Compiled> {
  const findings: Findings = {
    filters: [],
    sources: [],
    allocates: "objects",
    heap: true,
    streamHandlers: new Set(),
    imports: [],
    origins: {},
    unused: [],
    literals: [],
  };
  const outputs = new Map<string, string | Uint8Array>();

  const { error, stderr } = await asc.main(
    argumentsFor({ ...options, defines: { ...options.defines, ...switches } }, runtime),
    {
      readFile: options.read,
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
      transforms: [pruning(findings, { tracking: switches["MESHSCRIPT_TRACKED"] === 1, imports })] as never,
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
  return withDataSegments(binary, merged(withoutHeapNotes(segments)));
}

function argumentsFor(options: Compilation, runtime: Runtime): string[] {
  const uses = [`abort=${ABORT}`, ...Object.entries(options.defines ?? {}).map(([k, v]) => `${k}=${v}`)];
  return [
    ENTRY,
    ...["--outFile", `${options.name}.wasm`, "--sourceMap", `./${options.name}.wasm.map`, "--debug"],
    ...["--optimizeLevel", "3", "--shrinkLevel", "2", "--runtime", runtime],
    ...["--exportStart", "_initialize", "--maximumMemory", String(MAXIMUM_PAGES), "--enable", "simd"],
    ...uses.flatMap((use) => ["--use", use]),
  ];
}

function noFilter(file: string): UserError {
  return new UserError(
    `${file}.ts registers no filter`,
    "Add `register<YourFilter>();` at the top level of the file.",
  );
}
