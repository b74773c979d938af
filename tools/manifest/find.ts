import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../errors.js";
import { packageRoot } from "../package-root.js";
import type { Manifest } from "./manifest.js";
import { nearest } from "./nearest.js";
import { readManifest } from "./read.js";

const fileName = "filter.yaml";

/**
 * The manifest meant by a filter's name (below `filters/` of the project, else among those that meshscript ships),
 * by its folder, or by the path of the manifest itself. A UserError says what was looked for.
 */
export function findManifest(wanted: string, project: string = process.cwd()): Manifest {
  const path = candidates(wanted, project).find(isFile);
  if (path === undefined) throw notFound(wanted, project);
  return readManifest(path);
}

/** All manifests below `filters/` of a project, by name. */
export function allManifests(project: string): Manifest[] {
  return names(project).map((name) => readManifest(join(project, "filters", name, fileName)));
}

function candidates(wanted: string, project: string): string[] {
  const given = resolve(project, wanted);
  const named = [project, packageRoot].map((root) => join(root, "filters", wanted, fileName));
  const isName = !/[/\\]/.test(wanted);
  return [...(isName ? named : []), join(given, fileName), ...(/\.ya?ml$/.test(wanted) ? [given] : [])];
}

function notFound(wanted: string, project: string): UserError {
  const known = [...new Set([...names(project), ...names(packageRoot)])];
  const meant = nearest(wanted, known);
  const hint = meant ? `Did you mean ${meant}?` : `Known filters: ${known.join(", ") || "none"}.`;
  return new UserError(
    `no filter "${wanted}": neither a name below filters/ nor a folder with ${fileName}`,
    hint,
  );
}

function names(root: string): string[] {
  const folder = join(root, "filters");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isFile(join(folder, name, fileName)))
    .sort();
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
