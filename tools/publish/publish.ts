import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Generated } from "../targets/target.js";
import { keptVersions, prune, recorded } from "./history.js";
import { putInPlace, type File } from "./in-place.js";

/** Paths relative to the folder, sorted. */
export interface Written {
  changed: string[];
  /** What no version of the last few needs. */
  removed: string[];
}

/**
 * Brings a folder to what was generated, so that an Envoy that watches it, or starts from it, finds each file whole and
 * each name in one that it reads there. Files that are right already are not touched. All or, with a UserError that
 * says why, nothing changes.
 */
export function publish(folder: string, generated: Generated): Written {
  const files = filesOf(folder, generated);
  const changed = changedIn(folder, files);
  if (changed.length === 0) return { changed: [], removed: [] };
  const named = files.map(({ path }) => path);
  // Without modules nothing has to stay for a while, so there is nothing to remember.
  const record = generated.modules ? [recorded(folder, named)] : [];
  putInPlace(folder, [...changed, ...record]);
  return { changed: changed.map(({ path }) => path).sort(), removed: prune(folder, keptVersions) };
}

/** The files that `publish` would write: paths relative to the folder, sorted. */
export function outdated(folder: string, generated: Generated): string[] {
  return changedIn(folder, filesOf(folder, generated))
    .map(({ path }) => path)
    .sort();
}

function changedIn(folder: string, files: readonly File[]): File[] {
  return files.filter(({ path, bytes }) => !holds(join(folder, path), bytes));
}

/**
 * In the order in which they have to appear: a file comes after those that it names. The files of new filters, which
 * nobody reads yet, come before the bootstrap; those of known ones after it, as they may need a cluster of it.
 */
function filesOf(folder: string, { files, modules = {} }: Generated): File[] {
  const texts = Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  const bootstraps = texts.filter(({ path }) => basename(path) === "envoy.yaml");
  const others = texts.filter((file) => !bootstraps.includes(file));
  const fresh = others.filter(({ path }) => !existsSync(join(folder, path)));
  const known = others.filter((file) => !fresh.includes(file));
  const binaries = Object.entries(modules).map(([path, built]) => ({ path, bytes: readFileSync(built) }));
  return [...binaries, ...fresh, ...bootstraps, ...known];
}

function holds(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}
