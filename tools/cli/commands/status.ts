import { Command } from "commander";
import type { Report } from "../exit.js";
import type { StatusOptions } from "../status.js";

const example = `
Example:
  npx meshscript status --admin 9901 --admin 9902 --until-live deploy`;

export function statusCommand(report: Report): Command {
  return new Command("status")
    .description("Show which versions of filters running Envoys serve.")
    .option(
      "--admin <address>",
      "an admin interface: port, host:port or URL; repeatable\n(default: 9901)",
      each,
    )
    .option("--published <folder>", "compare with what `config --target ecds --out` wrote")
    .option("--until-live <folder>", "wait until every Envoy serves that")
    .option("--wait <version>", "wait until every Envoy serves this version; repeatable", each)
    .option("--timeout <seconds>", "how long to wait at most (default: 30)")
    .option("--json", "print for programs")
    .addHelpText("after", example)
    .action(async (options: StatusOptions) => {
      const { status } = await import("../status.js");
      report(await status(options));
    });
}

function each(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
