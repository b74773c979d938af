import { parseArgs } from "node:util";
import { packageRoot } from "../../package-root.js";
import { terminal } from "../../terminal/index.js";
import { testProject } from "./project.js";
import { sumOf, tallyLine } from "./tally.js";
import { runToolTests } from "./tool-tests.js";

/** `npm test`: the tools' own tests, the unit specs with coverage, and the traffic cases on each host. */
export async function testAll(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { "no-envoy": { type: "boolean" } } });
  const screen = terminal();
  screen.line(screen.colors.bold("Tools"));
  const tools = await runToolTests(packageRoot, screen);
  screen.line();
  const project = await testProject(packageRoot, [], {
    on: values["no-envoy"] ? "emulator" : "emulator,envoy",
  });
  if (values["no-envoy"]) screen.line(screen.colors.yellow("Real Envoy: not played, as --no-envoy asks for"));
  const total = sumOf([tools, project]);
  screen.line(`\n${tallyLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}
