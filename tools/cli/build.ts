import { existsSync } from "node:fs";
import { relative } from "node:path";
import type { BuildResult } from "../build/index.js";
import { aligned, terminal } from "../terminal/index.js";
import { buildWithin } from "./ceiling.js";
import { UsageError } from "./exit.js";

/** Compiles each path and prints a line for each module. */
export async function buildAll(paths: readonly string[], outDir: string): Promise<number> {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new UsageError(`${missing}: no such file or folder`);
  const results: BuildResult[] = [];
  for (const entry of paths) results.push(await buildWithin({ entry, outDir }));
  const { line } = terminal();
  for (const text of aligned(results.map(row))) line(text);
  return 0;
}

function row(result: BuildResult): string[] {
  return [relative(process.cwd(), result.wasmPath), `${result.binary.length} bytes`];
}
