import { Transform } from "assemblyscript/transform";
import { filterClasses, grpcStreamHandlers, type FilterClass, type Program } from "./filters.js";
import { authorTexts, registeredRootIds, type Parser } from "./registrations.js";
import { allocationsWithTraffic, usesHeap, type Allocations } from "./allocations.js";
import { dataSegments, type Segment } from "./data.js";
import type { Binaryen } from "./expressions.js";
import { unusedCallbacks, type Known } from "./callbacks.js";
import { countObjects, type CountedModule, type FunctionReader } from "./counting.js";
import { LiteralPass } from "./literals.js";
import { originsOf, type Origins } from "./origins.js";
import { stringLiterals, unusedSegments } from "./strings.js";

/** What a compilation found out about its filters. */
export interface Findings {
  filters: FilterClass[];
  /** Texts of the author's own files. */
  sources: string[];
  /** What callbacks that run with traffic may allocate. */
  allocates: Allocations;
  /** Whether anything is kept on the heap. */
  heap: boolean;
  /** Handlers that its gRPC streams override. */
  streamHandlers: ReadonlySet<string>;
  /** Host functions that it reaches. */
  imports: string[];
  /** Where its author comes to them, and is come to. */
  origins: Origins;
  /** Data that nothing names. */
  unused: Segment[];
  /** Texts that were encoded at build time. */
  literals: Segment[];
}

/** What the library exports for the literal pass alone. */
const FOR_THE_BUILD = ["__literal", "__encodedAbort"];

/**
 * Passes of Binaryen that settle which of the library's code this module can reach, without moving any of it into other
 * functions yet. Twice: what one removes lets the next see further.
 */
const SETTLE = [
  ...[
    "precompute-propagate",
    "dae",
    "simplify-globals",
    "precompute-propagate",
    "simplify-locals-nostructure",
    "vacuum",
  ],
  ...["dae", "simplify-globals", "precompute-propagate", "vacuum", "remove-unused-module-elements"],
];

interface Module extends CountedModule {
  removeExport(name: string): void;
  runPasses(passes: string[]): void;
  emitText(): string;
  emitBinary(): Uint8Array;
  getNumFunctions(): number;
  getFunctionByIndex(index: number): number;
}

/** A transform that keeps the callbacks of a module's filters, drops all others, and writes what it saw to `findings`. */
export function pruning(findings: Findings, known: Pick<Known, "tracking" | "imports">): new () => Transform {
  return class extends Transform {
    private rootIds = new Map<string, string>();

    afterParse(parser: unknown): void {
      this.rootIds = registeredRootIds(parser as Parser);
      findings.sources = authorTexts(parser as Parser);
    }

    afterInitialize(program: unknown): void {
      const classes = filterClasses(program as Program).filter((c) => this.rootIds.has(c.className));
      findings.streamHandlers = grpcStreamHandlers(program as Program);
      findings.filters = classes.map((c) => ({ ...c, rootId: this.rootIds.get(c.className)! }));
    }

    afterCompile(module: unknown): void {
      const unused = unusedCallbacks({ ...findings, ...known });
      Object.assign(
        findings,
        settle(
          module as Module,
          (this as unknown as { binaryen: Binaryen & FunctionReader }).binaryen,
          unused,
          findings.filters,
        ),
      );
    }
  };
}

/** Leaves in a module what its filters need, and says what came out. */
function settle(
  module: Module,
  binaryen: Binaryen & FunctionReader,
  unused: readonly string[],
  filters: readonly FilterClass[],
): Omit<Findings, "filters" | "sources" | "streamHandlers"> {
  for (const name of unused) module.removeExport(name);
  countObjects(module, binaryen);
  const segments = dataSegments(module.emitBinary());
  const literals = new LiteralPass(binaryen, stringLiterals(segments));
  // Inlined methods hand their arguments on through variables: see through those first.
  module.runPasses(["precompute-propagate"]);
  literals.run(module);
  for (const name of FOR_THE_BUILD) module.removeExport(name);
  const before = module.emitText();
  module.runPasses(SETTLE);
  const text = module.emitText();
  return {
    allocates: allocationsWithTraffic(text),
    heap: usesHeap(
      text,
      filters.map((filter) => filter.className),
    ),
    imports: [...text.matchAll(/^ \(import "env" "(\w+)"/gm)].map(([, name]) => name!),
    origins: originsOf(text, before),
    unused: unusedSegments(segments, text),
    literals: literals.placed.filter(({ address }) => text.includes(`(i32.const ${address + 4})`)),
  };
}
