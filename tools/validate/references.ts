import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Json, JsonObject } from "../manifest/manifest.js";
import type { Path } from "../manifest/problems.js";

/** A secret that a configuration names instead of holding it. */
export interface Reference {
  path: Path;
  kind: "env" | "file";
  /** The variable's name, or the file's path. */
  name: string;
}

/** All `{ env: NAME }` and `{ file: PATH }` of a configuration. */
export function referencesIn(value: Json | undefined, path: Path = []): Reference[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((item, at) => referencesIn(item, [...path, at]));
  const [[kind, name] = [], ...others] = Object.entries(value);
  if ((kind === "env" || kind === "file") && typeof name === "string" && others.length === 0)
    return [{ path, kind, name }];
  return Object.entries(value).flatMap(([key, member]) => referencesIn(member, [...path, key]));
}

/** The files among them that are not there. */
export function missingFiles(references: readonly Reference[], folder: string): Reference[] {
  return references.filter(({ kind, name }) => kind === "file" && !existsSync(resolve(folder, name)));
}

/** The configuration with some secret in place of each of these, so that the rest of it can be judged. */
export function withStandIns(configuration: JsonObject, references: readonly Reference[]): JsonObject {
  const copy = { whole: structuredClone(configuration) };
  references.forEach(({ path }, at) =>
    put(copy, ["whole", ...path], { sha256: String(at).padStart(64, "0") }),
  );
  return copy.whole;
}

function put(value: Json, [step, ...rest]: Path, standIn: Json): void {
  const parent = value as { [key: string]: Json };
  if (rest.length === 0) parent[step!] = standIn;
  else put(parent[step!]!, rest, standIn);
}
