import { Command } from "commander";
import type { Report } from "../exit.js";
import type { RunOptions } from "../run.js";

const example = `
Example:
  npx meshscript run api-key headers --port 8080`;

export function runCommand(report: Report): Command {
  return new Command("run")
    .description("Build filters and serve them in a proxy until Ctrl-C.")
    .argument("<name...>", "filters, in the order in which a request meets them")
    .option("--host <host>", "envoy or emulator (default: Envoy, where there is one)")
    .option("--port <number>", "where to listen (default: a free port)")
    .option(
      "--upstream <url>",
      "a server on this machine, as URL or port\n(default: one that echoes requests)",
    )
    .addHelpText("after", example)
    .action(async (names: string[], options: RunOptions) => {
      const { run } = await import("../run.js");
      report(await run(names, options));
    });
}
