import type { CaseResult } from "../traffic/index.js";
import type { Exercise } from "./exercised.js";

/** What the emulator's plays show, in the order of their files. A case counts only where it passed. */
export function exercisesOf(results: readonly CaseResult[]): Exercise[] {
  const onEmulator = results.filter((one) => one.exercised !== undefined && one.verdict === "passed");
  return onEmulator.map(({ file, name, exercised, cannot }) => ({
    file,
    name,
    names: exercised!,
    notOnEnvoy: cannot?.["envoy"],
  }));
}
