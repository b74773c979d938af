import { Command } from "commander";
import { targetSummaries } from "../../targets/names.js";
import type { ConfigOptions } from "../config.js";
import type { Report } from "../exit.js";

const width = Math.max(...Object.keys(targetSummaries).map((name) => name.length));
const list = Object.entries(targetSummaries).map(([name, says]) => `  ${name.padEnd(width)}  ${says}`);
const help = `
Targets:
${list.join("\n")}

Example:
  npx meshscript config filters/api-key filters/headers --target envoy
  npx meshscript config mesh.yaml --target istio --out deploy`;

export function configCommand(report: Report): Command {
  return new Command("config")
    .description("Print the configuration that loads filters into a proxy or a mesh.")
    .argument("[filter...]", "a mesh.yaml, or filters' folders or manifests in the order of the chain")
    .requiredOption("--target <target>", "for which proxy or mesh; see below")
    .option("--out <folder>", "write the files into a folder instead")
    .option("--write", "write the project's envoy-config/ instead (--target all: for each target)")
    .option("--check", "tell whether the files, or the project's envoy-config/, are current instead")
    .addHelpText("after", help)
    .action(async (filters: string[], options: ConfigOptions) => {
      const { printConfig } = await import("../config.js");
      report(await printConfig(filters, options));
    });
}
