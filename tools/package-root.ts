import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of meshscript's own package folder, whether it runs from a checkout or from node_modules. */
export const packageRoot = find(dirname(fileURLToPath(import.meta.url)));

/** Version of this package, as in its package.json. */
export const packageVersion: string = manifestOf(packageRoot).version;

function find(folder: string): string {
  if (existsSync(join(folder, "package.json")) && manifestOf(folder).name === "meshscript") return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("meshscript cannot find its own package.json");
  return find(parent);
}

function manifestOf(folder: string): { name: string; version: string } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
