import { codeSize, sections, type BuildResult } from "../build/index.js";
import { aligned } from "../terminal/index.js";

/** What a host runs, by section; the custom sections are for people and tools. */
export function sizeTable(modules: readonly BuildResult[]): string[] {
  const parts = ["code", "data"];
  const head = ["module", "host runs", ...parts, "other", "names and the like"];
  return aligned([head, ...modules.map((one) => row(one, parts))]);
}

function row({ name, binary }: BuildResult, parts: readonly string[]): string[] {
  const all = sections(binary);
  const sizeOf = (part: string) => all.find((section) => section.name === part && !section.custom)?.size ?? 0;
  const run = codeSize(binary);
  const sizes = parts.map(sizeOf);
  const other = run - sizes.reduce((sum, size) => sum + size, 0);
  return [name, ...[run, ...sizes, other, binary.length - run].map((size) => `${size}`)];
}
