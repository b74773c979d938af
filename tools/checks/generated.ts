import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { allTargets, committedFiles, committedFolder } from "../cli/committed.js";
import { outdated, publish } from "../publish/index.js";
import type { Check, Finding } from "./check.js";

const remedy = `Run: npx meshscript config --target ${allTargets} --write`;

/** What is generated and committed is what would be generated now. */
export const currentConfigs: Check = {
  name: `${committedFolder}/ is current`,
  async run(root) {
    const wanted = await committedFiles(root, allTargets);
    const stale = outdated(root, wanted).map(
      (file): Finding => ({ file, message: "is not what its manifest makes of it", remedy }),
    );
    return [...stale, ...orphans(root, Object.keys(wanted.files))];
  },
  async mend(root) {
    publish(root, await committedFiles(root, allTargets));
  },
};

function orphans(root: string, wanted: readonly string[]): Finding[] {
  if (!existsSync(join(root, committedFolder))) return [];
  const found = readdirSync(join(root, committedFolder), { recursive: true, encoding: "utf8" });
  const files = found
    .filter((name) => /\.(ya?ml|json|sh)$/.test(name))
    .map((name) => `${committedFolder}/${name}`);
  const lost = files.filter((file) => !wanted.includes(file));
  return lost.map((file) => ({ file, message: "belongs to no filter", remedy: "Delete it." }));
}
