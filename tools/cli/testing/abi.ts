import { abiProblems, PAGE } from "../../abi/index.js";
import type { Terminal } from "../../terminal/index.js";
import type { CaseResult } from "../../traffic/index.js";
import type { Tally } from "./tally.js";

/** Whether the cases that were played show what `docs/abi.md` says: one test. */
export function shownAbi(root: string, results: readonly CaseResult[], screen: Terminal): Tally {
  const problems = abiProblems(root, results);
  for (const problem of problems) screen.line(screen.colors.red(`  ${problem}`));
  if (problems.length === 0) screen.line(`  ${PAGE} is what the cases show`);
  return { passed: problems.length === 0 ? 1 : 0, failed: problems.length === 0 ? 0 : 1, skipped: 0 };
}
