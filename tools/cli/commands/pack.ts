import { Command } from "commander";
import type { Report } from "../exit.js";
import type { PackOptions } from "../pack.js";

const example = `
Credentials come from docker's configuration, as docker login leaves them.

Example:
  npx meshscript pack api-key --push localhost:5000/filters/api-key:1.0.0`;

export function packCommand(report: Report): Command {
  return new Command("pack")
    .description("Pack filters as images that meshes pull, and push them.")
    .argument("<filter...>", "filters' names, folders or manifests")
    .option("--out <folder>", "where the images go, as <filter>.oci", "build")
    .option("--variant <form>", "compat (one layer, as docker builds) or oci\n(two layers)", "compat")
    .option("--target <target>", "as that target needs the module: gcp and kong\nforbid what others allow")
    .option(
      "--tag <name:tag>",
      "what the image is called\n(default: the filter's name, the project's version)",
    )
    .option("--tar", "write it as one file besides, <filter>.oci.tar")
    .option("--push <image>", "push it: registry/repository:tag")
    .option("--plain-http", "push without TLS to another machine than this one")
    .addHelpText("after", example)
    .action(async (filters: string[], options: PackOptions) => {
      const { pack } = await import("../pack.js");
      report(await pack(filters, options));
    });
}
