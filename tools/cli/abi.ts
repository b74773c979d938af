import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { abiProblems, abiPage, exercisesOf, PAGE } from "../abi/index.js";
import { packageRoot } from "../package-root.js";
import { terminal } from "../terminal/index.js";
import type { CaseResult } from "../traffic/index.js";
import { findInputs } from "./testing/inputs.js";
import { playTraffic } from "./testing/traffic.js";

/** `npm run abi`: plays all traffic in the emulator, and says what of the ABI no case shows. `--write` writes the page. */
export async function abi(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { write: { type: "boolean" } } });
  const screen = terminal();
  let results: readonly CaseResult[] = [];
  const { traffic: files } = findInputs(packageRoot, ["tests/traffic"]);
  await playTraffic({
    project: packageRoot,
    files,
    hosts: ["emulator"],
    screen,
    seen: (all) => (results = all),
  });
  const present = existsSync(join(packageRoot, PAGE)) ? readFileSync(join(packageRoot, PAGE), "utf8") : "";
  if (values.write) writeFileSync(join(packageRoot, PAGE), abiPage(exercisesOf(results), present));
  const problems = abiProblems(packageRoot, results);
  for (const problem of problems) screen.line(screen.colors.red(`  ${problem}`));
  screen.line(problems.length === 0 ? `${PAGE} is what the cases show` : `${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}
