import { main } from "assemblyscript/asc";
import type { Woven } from "../coverage/weave.js";
import { ERROR, formatDiagnostic } from "./diagnostics.js";
import type { Diagnostic, TextOf } from "./diagnostics.js";
import { sourceReader } from "./sources.js";
import { specTransform } from "./transform.js";

/** A spec as a module that is ready to run. */
export interface Compiled {
  binary: Uint8Array;
  /** Source map of the binary, as JSON. */
  map: string;
  woven: Woven;
  /** Warnings of the compiler, a line or more for each. */
  warnings: string[];
}

/** Thrown where a spec does not compile; each problem says file, line and column. */
export class CompileError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
  }
}

const RUNNER = "meshscript-spec-runner.ts";
const FLAGS = [
  ...["--debug", "--exportStart", "_start", "--exportRuntime", "--exportTable", "--enable", "simd"],
  // Traps leave their frames on the stack: it has room for many tests that throw.
  ...["--stackSize", "262144"],
];

const read = sourceReader({
  [RUNNER]: 'export { __call, __ignoreLogs } from "@as-pect/assembly/assembly/index";',
});

/** Compiles a spec, with marks in every statement of the covered files (absolute paths). */
export async function compileSpec(
  spec: string,
  cwd: string,
  covered: ReadonlySet<string>,
): Promise<Compiled> {
  const output = new Map<string, Uint8Array | string>();
  const found: Diagnostic[] = [];
  const transform = specTransform(cwd, covered);
  const { error } = await main([spec, RUNNER, ...FLAGS, ...(await switches(spec, cwd)), ...files(cwd)], {
    readFile: read,
    writeFile: (name, data) => void output.set(name, data),
    listFiles: () => [],
    reportDiagnostic: (diagnostic) => found.push(diagnostic),
    transforms: [transform as never],
  });
  const [problems, warnings] = await sorted(found, cwd);
  if (problems.length > 0) throw new CompileError(problems);
  if (error) throw error;
  const [binary, map] = [output.get("spec.wasm") as Uint8Array, output.get("spec.wasm.map") as string];
  return { binary, map, woven: transform.woven, warnings };
}

/** Errors, and warnings about the project's own sources, as text. */
async function sorted(found: Diagnostic[], cwd: string): Promise<[string[], string[]]> {
  const textOf: TextOf = (path) => read(path.replace(/^~lib\//, "node_modules/"), cwd);
  const format = (some: Diagnostic[]): Promise<string[]> =>
    Promise.all(some.map((diagnostic) => formatDiagnostic(diagnostic, textOf)));
  const errors = found.filter(({ category }) => category === ERROR);
  const warnings = found.filter(({ category, range }) => category !== ERROR && !isForeign(range));
  return [await format(errors), await format(warnings)];
}

function isForeign(range: Diagnostic["range"]): boolean {
  return range !== null && range.source.normalizedPath.startsWith("~lib/");
}

// No configuration file: a project's asconfig.json describes its filters, not its specs.
function files(cwd: string): string[] {
  return ["--outFile", "spec.wasm", "--sourceMap", "--baseDir", cwd, "--config", "none", "--noColors"];
}

/** Build switches that a spec asks for in a line of its own: `// switch: NAME=1`. */
async function switches(spec: string, cwd: string): Promise<string[]> {
  const text = (await read(spec, cwd)) ?? "";
  return [...text.matchAll(/^\/\/ switch: (\w+=\w+)$/gm)].flatMap((found) => ["--use", found[1]!]);
}
