import { Command } from "commander";
import type { Report } from "../exit.js";
import type { ValidateOptions } from "../validate.js";

const example = `
Without arguments, all filters of the project are checked, and its mesh.yaml.

Example:
  npx meshscript validate mesh.yaml --target istio
  npx meshscript validate deploy/*.yaml`;

export function validateCommand(report: Report): Command {
  return new Command("validate")
    .description("Check filters, chains and Kubernetes resources before they are deployed.")
    .argument("[path...]", "filters, in the order of the chain; mesh files; YAML files of resources")
    .option("--target <target>", "what they are deployed to, or all", "envoy")
    .addHelpText("after", example)
    .action(async (paths: string[], options: ValidateOptions) => {
      const { validateAll } = await import("../validate.js");
      report(await validateAll(paths, options));
    });
}
