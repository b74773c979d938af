import type { CaseResult } from "../traffic/index.js";
import type { Exercise } from "./exercised.js";

/** What the emulator's plays show, in the order of their files, with either protocol. A case counts only where it passed. */
export function exercisesOf(results: readonly CaseResult[]): Exercise[] {
  const byCase = new Map<string, Exercise>();
  for (const { file, name, exercised, verdict, cannot } of results) {
    if (exercised === undefined || verdict !== "passed") continue;
    const key = `${file} ${name}`;
    const names = new Set([...(byCase.get(key)?.names ?? []), ...exercised]);
    byCase.set(key, { file, name, names: [...names], notOnEnvoy: cannot?.["envoy"] });
  }
  return [...byCase.values()];
}
