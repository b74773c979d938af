import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isSpdx } from "./project.js";

/** What a module comes from, besides the library and the compiler. */
export interface Origins {
  /** The author's own files, by their paths in the project. */
  files: Record<string, Uint8Array>;
  packages: NpmPackage[];
}

export interface NpmPackage {
  name: string;
  version: string;
  /** SPDX expression. */
  license?: string;
}

/** As the module's source map tells. Files without code of their own, such as interfaces, are in no source map. */
export function originsOf(mapPath: string, root: string): Origins {
  const { sources } = JSON.parse(readFileSync(mapPath, "utf8")) as { sources: string[] };
  const own = sources.filter((path) => !path.startsWith("~lib/") && existsSync(join(root, path))).sort();
  const names = new Set(sources.map(packageName).filter((name) => name !== undefined));
  return {
    files: Object.fromEntries(own.map((path) => [path, readFileSync(join(root, path))])),
    packages: [...names].sort().flatMap((name) => installed(name, root)),
  };
}

/** Folders of the compiler's own library, which are named as packages are. */
const standard = new Set(["bindings", "rt", "shared", "util"]);

function packageName(path: string): string | undefined {
  const name = /^~lib\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  return name === "meshscript" || standard.has(name ?? "") ? undefined : name;
}

function installed(name: string, root: string): NpmPackage[] {
  const path = join(root, "node_modules", name, "package.json");
  if (!existsSync(path)) return [];
  const { version, license } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  if (typeof version !== "string") return [];
  return [{ name, version, ...(isSpdx(license) ? { license } : {}) }];
}
