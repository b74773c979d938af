import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CaseResult } from "../traffic/index.js";
import { emptyRows } from "./empty.js";
import { exercisesOf } from "./from-results.js";
import { abiPage } from "./page.js";

/** Relative to the repository. */
export const PAGE = "docs/abi.md";

/** What is wrong with the page after all cases were played: rows that nothing shows, or a page that others wrote. */
export function abiProblems(root: string, results: readonly CaseResult[]): string[] {
  const exercises = exercisesOf(results);
  const path = join(root, PAGE);
  const present = existsSync(path) ? readFileSync(path, "utf8") : "";
  const isCurrent = present === abiPage(exercises, present);
  const stale = isCurrent ? [] : [`${PAGE} is not what the cases show. Run: npm run abi -- --write`];
  return [...emptyRows(exercises), ...stale];
}
