import { Command } from "commander";
import type { Report } from "../exit.js";
import type { TestOptions } from "../testing/project.js";

const example = `
Without paths, tests/unit and tests/traffic of the current folder are run.

Example:
  npx meshscript test tests/traffic/api-key.yaml --on emulator`;

export function testCommand(report: Report): Command {
  return new Command("test")
    .description("Run unit specs and play traffic cases.")
    .argument("[path...]", "*.spec.ts and *.yaml files, or folders that hold some")
    .option("--on <hosts>", "hosts on which traffic is played", "emulator,envoy")
    .option("--verbose", "show what client and upstream saw in each case")
    .option("--update", "take over what snapshots hold now")
    .addHelpText("after", example)
    .action(async (paths: string[], options: TestOptions) => {
      const { testCurrentFolder } = await import("../testing/project.js");
      report(await testCurrentFolder(paths, options));
    });
}
