import { parseArgs } from "node:util";
import { packageRoot } from "../../package-root.js";
import { terminal } from "../../terminal/index.js";
import type { CaseResult } from "../../traffic/index.js";
import { modulesOf } from "../modules.js";
import { shortenedLines } from "./counts.js";
import { fuzzedFilters } from "./fuzzed.js";
import { comparedFilters } from "./native.js";
import { comparedHosts } from "./parity.js";
import { shownAbi } from "./abi.js";
import { testProject } from "./project.js";
import { sumOf, tallyLine } from "./tally.js";
import { runToolTests } from "./tool-tests.js";

/**
 * `npm test`: the tools' own tests, the unit specs with coverage, the traffic cases on each host and what they show of the
 * ABI, the hosts side by side, the filters beside Envoy's own, and the fuzzer.
 */
export async function testAll(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { "no-envoy": { type: "boolean" } } });
  const screen = terminal();
  screen.line(screen.colors.bold("Tools"));
  const tools = await runToolTests(packageRoot, screen);
  screen.line();
  const modules = modulesOf(packageRoot);
  let played: readonly CaseResult[] = [];
  const project = await testProject(packageRoot, [], {
    on: values["no-envoy"] ? "emulator" : "emulator,envoy",
    modules,
    seen: (results) => (played = results),
  });
  const abi = shownAbi(packageRoot, played, screen);
  if (values["no-envoy"]) screen.line(screen.colors.yellow("Real Envoy: not played, as --no-envoy asks for"));
  const hosts = values["no-envoy"]
    ? []
    : [await comparedHosts(screen), await comparedFilters(modules, screen)];
  const fuzzed = await fuzzedFilters(packageRoot, modules, screen);
  const total = sumOf([tools, project, abi, ...hosts, fuzzed]);
  screen.line();
  for (const line of shortenedLines()) screen.line(line);
  screen.line(`\n${tallyLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}
