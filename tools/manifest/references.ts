import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../errors.js";
import type { Json, JsonObject } from "./manifest.js";

export interface Resolved<T extends Json> {
  configuration: T;
  /** Names of the variables that the configuration refers to, sorted. */
  environment: string[];
}

/**
 * Makes a configuration's references usable inside the sandbox, which has no files: `{ file: PATH }` becomes
 * `{ sha256: HEX }` of the file's content without its trailing newline; `{ env: NAME }` stays and is listed.
 * Paths are relative to `folder`. An unreadable file is a UserError.
 */
export function resolveReferences<T extends Json>(configuration: T, folder: string): Resolved<T> {
  const environment = new Set<string>();
  const walk = (value: Json, path: string): Json => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}[${index}]`));
    if (value === null || typeof value !== "object") return value;
    const only = singleText(value);
    if (only?.key === "file") return { sha256: digest(resolve(folder, only.text), path) };
    if (only?.key === "env") environment.add(only.text);
    return eachValue(value, (item, key) => walk(item, path ? `${path}.${key}` : key));
  };
  return { configuration: walk(configuration, "") as T, environment: [...environment].sort() };
}

function singleText(value: JsonObject): { key: string; text: string } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0 || typeof entry[1] !== "string") return undefined;
  return { key: entry[0], text: entry[1] };
}

function eachValue(value: JsonObject, change: (item: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
}

function digest(file: string, path: string): string {
  try {
    const content = withoutNewline(readFileSync(file));
    return createHash("sha256").update(content).digest("hex");
  } catch {
    throw new UserError(`configuration ${path}: cannot read the file ${file}`);
  }
}

function withoutNewline(content: Buffer): Buffer {
  if (content.at(-1) !== 0x0a) return content;
  return content.subarray(0, content.at(-2) === 0x0d ? -2 : -1);
}
