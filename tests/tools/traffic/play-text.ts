import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { playFile } from "../../../tools/traffic/index.js";
import type { CaseResult, Host, PlayOptions, ResolvedFilter } from "../../../tools/traffic/index.js";

/** Plays a traffic file given as text. */
export async function play(text: string, host: Host, options?: PlayOptions): Promise<CaseResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "traffic-"));
  const path = join(folder, "some.yaml");
  try {
    await writeFile(path, text);
    return await playFile(path, host, plain, options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Plays one case, given as the lines below its name. */
export function playCase(lines: string, host: Host, options?: PlayOptions): Promise<CaseResult[]> {
  const indented = lines
    .trim()
    .split("\n")
    .map((line) => `    ${line}\n`)
    .join("");
  return play(`filter: plain\ncases:\n  - name: one\n${indented}`, host, options);
}

/** Verdict and details of the results, for comparisons. */
export function verdicts(results: CaseResult[]): string[] {
  return results.map((one) => [one.protocol ?? "-", one.verdict, ...one.details].join(" | "));
}

export function plain(name: string): ResolvedFilter {
  return { name, wasm: "/nowhere.wasm", rootId: "", options: {} };
}
