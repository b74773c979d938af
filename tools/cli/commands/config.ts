import { Command } from "commander";
import type { ConfigOptions } from "../config.js";
import type { Report } from "../exit.js";

const example = `
Example:
  npx meshscript config filters/api-key filters/headers --target envoy`;

export function configCommand(report: Report): Command {
  return new Command("config")
    .description("Print the proxy configuration that loads filters.")
    .argument("[manifest...]", "filters' folders or manifests, in the order of the chain")
    .requiredOption("--target <target>", "for which proxy: envoy")
    .option("--write", "write the project's envoy-config/ instead")
    .option("--check", "tell whether the project's envoy-config/ is current instead")
    .addHelpText("after", example)
    .action(async (manifests: string[], options: ConfigOptions) => {
      const { printConfig } = await import("../config.js");
      report(await printConfig(manifests, options));
    });
}
