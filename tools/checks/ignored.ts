import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.js";

const ours = ["assembly", "bench", "docs", "envoy-config", "filters", "tests", "tools"];

/** A rule such as `build/` without a leading slash hides sources too, and nobody notices before the first clone. */
export const nothingHidden: Check = {
  name: "git ignores no source",
  run(root) {
    if (!existsSync(join(root, ".git"))) return [];
    const files = ours
      .filter((folder) => existsSync(join(root, folder)))
      .flatMap((folder) => sources(root, folder));
    const options = ["check-ignore", "--no-index", "-v", "-n", "-z", "--stdin"];
    const { stdout } = spawnSync("git", options, { cwd: root, input: files.join("\0"), encoding: "utf8" });
    return ruled(stdout).map(({ rule, path }) => ({
      file: path,
      message: `is hidden by the rule ${rule}`,
      remedy: "Begin a rule of .gitignore with / where it means the top folder only.",
    }));
  },
};

function sources(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true }) as string[];
  return names.filter((name) => /\.(ts|mjs|md|yaml)$/.test(name)).map((name) => `${folder}/${name}`);
}

/** Git tells source, line, rule and path of each file; without a rule the first three are empty. */
function ruled(output: string): { rule: string; path: string }[] {
  const fields = output.split("\0");
  const found: { rule: string; path: string }[] = [];
  for (let i = 0; i + 3 < fields.length; i += 4) {
    const [source, line, rule, path] = fields.slice(i, i + 4) as [string, string, string, string];
    if (rule !== "" && !rule.startsWith("!")) found.push({ rule: `${rule} (${source}:${line})`, path });
  }
  return found;
}
