import { readFileSync, rmSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import type { File } from "./in-place.js";

/**
 * An Envoy holds its modules in memory, so those that serve need no file again. But one that starts, or is late, may have
 * read a file of the version before just now: the modules that it names stay for some versions.
 */
export const keptVersions = 5;

/** Hidden, beside what it is about. */
const recordName = ".published.json";

/** Which files the versions consist of, the newest first. */
type Record = string[][];

/** The record with one more version, for whoever puts its files in place. */
export function recorded(folder: string, paths: readonly string[]): File {
  // The oldest of them is what the publication that follows removes.
  const record = [[...paths].sort(), ...readRecord(folder)].slice(0, keptVersions + 1);
  return { path: recordName, bytes: Buffer.from(`${JSON.stringify(record, null, 2)}\n`) };
}

/**
 * Removes the files that only versions before the last few consist of, and gives their paths. What was not published
 * here stays.
 */
export function prune(folder: string, keep: number): string[] {
  const record = readRecord(folder);
  const needed = new Set(record.slice(0, keep).flat());
  const old = new Set(record.slice(keep).flat());
  const removed = [...old].filter((path) => !needed.has(path)).sort();
  for (const path of removed) rmSync(join(folder, path), { force: true });
  return removed;
}

/** Without a record that can be read, nothing is known to be superfluous. */
function readRecord(folder: string): Record {
  try {
    const record = JSON.parse(readFileSync(join(folder, recordName), "utf8")) as Record;
    return record.map((paths) => paths.filter(isBelow));
  } catch {
    return [];
  }
}

function isBelow(path: string): boolean {
  return !isAbsolute(path) && !normalize(path).startsWith("..");
}
