import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { UserError } from "../errors.js";

/** The spec files among these files and folders, relative to the project, sorted. */
export async function findSpecs(cwd: string, given: readonly string[]): Promise<string[]> {
  const found = await Promise.all(given.map((path) => specsAt(cwd, path)));
  return [...new Set(found.flat())].sort();
}

async function specsAt(cwd: string, path: string): Promise<string[]> {
  const all = await filesAt(resolve(cwd, path));
  if (all === null)
    throw new UserError(`${path}: no such file or folder`, "name spec files or folders that hold some");
  const isFile = all.length === 1 && all[0] === resolve(cwd, path);
  return all.filter((file) => isFile || file.endsWith(".spec.ts")).map((file) => shown(cwd, file));
}

/** Source files whose statements are counted: absolute paths. What drives a spec is not what it tests. */
export async function findCovered(cwd: string, given: readonly string[]): Promise<string[]> {
  const found = await Promise.all(given.map(async (path) => (await filesAt(resolve(cwd, path))) ?? []));
  const testing = resolve(cwd, "assembly/testing") + sep;
  return found.flat().filter((file) => /(?<!\.d|\.spec)\.ts$/.test(file) && !file.startsWith(testing));
}

/** A path as reports show it. */
export function shown(cwd: string, file: string): string {
  return relative(cwd, file).split(sep).join("/");
}

/** All files at or below a path; null where there is none. */
async function filesAt(path: string): Promise<string[] | null> {
  const info = await stat(path).catch(() => null);
  if (info === null) return null;
  if (!info.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${sep}node_modules${sep}`))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
