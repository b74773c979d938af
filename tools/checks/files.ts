import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const generated = new Set(["node_modules", "dist", "build"]);

/** Files of a checkout that are committed or would be, relative to it. Without git: all that is not generated. */
export function projectFiles(root: string): string[] {
  const files = listedByGit(root) ?? walk(root, "");
  return files.filter((file) => existsSync(join(root, file))).sort();
}

function listedByGit(root: string): string[] | undefined {
  if (!existsSync(join(root, ".git"))) return undefined;
  const options = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  return execFileSync("git", options, { cwd: root, encoding: "utf8" }).split("\0").slice(0, -1);
}

function walk(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const own = entries.filter((entry) => !entry.name.startsWith("."));
  const kept = folder === "" ? own.filter((entry) => !generated.has(entry.name)) : own;
  return kept.flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(root, path) : [path];
  });
}

export function textOf(root: string, file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** A file's text; "" where there is none. */
export function textIfThere(root: string, file: string): string {
  return existsSync(join(root, file)) ? textOf(root, file) : "";
}

/** Names of the folders in a folder; none where it is not there. */
export function foldersIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
