import { readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { UsageError } from "../exit.js";

/** What there is to test, relative to the project. */
export interface Inputs {
  specs: string[];
  traffic: string[];
}

const notOurs = new Set(["node_modules", "build", "dist"]);

/**
 * The specs and traffic files among files and folders; in a folder, traffic files are those in a folder called
 * `traffic`. Without paths: those of `tests/unit` and `tests/traffic`, or all of the project where it has no such folder.
 */
export function findInputs(project: string, paths: readonly string[]): Inputs {
  const places = paths.length > 0 ? paths : usualPlaces(project);
  const files = [...new Set(places.flatMap((path) => filesAt(project, path)))].sort();
  const inputs = {
    specs: files.filter((file) => file.endsWith(".spec.ts")),
    traffic: files.filter((file) => isYaml(file)),
  };
  if (inputs.specs.length + inputs.traffic.length > 0) return inputs;
  throw new UsageError(
    `nothing to test in ${places.join(", ")}`,
    "Specs end in .spec.ts; traffic cases are YAML files in tests/traffic/.",
  );
}

function usualPlaces(project: string): string[] {
  const usual = ["tests/unit", "tests/traffic"].filter((path) => exists(join(project, path)));
  return usual.length > 0 ? usual : ["."];
}

function filesAt(project: string, path: string): string[] {
  const at = resolve(project, path);
  const info = statSync(at, { throwIfNoEntry: false });
  if (info === undefined) throw new UsageError(`${path}: no such file or folder`);
  const found = info.isDirectory() ? walk(at).filter(isTest) : [at];
  return found.map((file) => relative(project, file));
}

function walk(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const own = entries.filter((entry) => !entry.name.startsWith(".") && !notOurs.has(entry.name));
  return own.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

function isTest(file: string): boolean {
  return file.endsWith(".spec.ts") || (isYaml(file) && basename(dirname(file)) === "traffic");
}

function isYaml(file: string): boolean {
  return [".yaml", ".yml"].includes(extname(file));
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
