import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { outdatedConfigs, writeConfigs } from "../cli/config.js";
import { committedConfigs } from "../envoy/committed.js";
import type { Check, Finding } from "./check.js";

const folder = "envoy-config";
const remedy = "Run: npx meshscript config --target envoy --write";

/** What is generated and committed is what would be generated now. */
export const currentConfigs: Check = {
  name: `${folder}/ is current`,
  async run(root) {
    const outdated = Object.keys(await outdatedConfigs(root));
    const stale = outdated.map(
      (file): Finding => ({ file, message: "is not what its manifest makes of it", remedy }),
    );
    return [...stale, ...orphans(root, Object.keys(committedConfigs(root)))];
  },
  async mend(root) {
    writeConfigs(root, await outdatedConfigs(root));
  },
};

function orphans(root: string, wanted: readonly string[]): Finding[] {
  if (!existsSync(join(root, folder))) return [];
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith(".yaml"));
  const lost = files.map((name) => `${folder}/${name}`).filter((file) => !wanted.includes(file));
  return lost.map((file) => ({ file, message: "belongs to no filter", remedy: "Delete it." }));
}
