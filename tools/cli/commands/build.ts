import { Command } from "commander";
import type { Report } from "../exit.js";

export function buildCommand(report: Report): Command {
  return new Command("build")
    .description("Compile filters to wasm modules.")
    .argument("<path...>", "a filter's folder or source file")
    .option("--out <folder>", "where the modules go", "build")
    .addHelpText("after", "\nExample:\n  npx meshscript build filters/hello")
    .action(async (paths: string[], { out }: { out: string }) => {
      const { buildAll } = await import("../build.js");
      report(await buildAll(paths, out));
    });
}
