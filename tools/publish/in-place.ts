import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../errors.js";
import { refusal } from "./refusal.js";

/** One file of a version; its path is relative to the folder that is published to. */
export interface File {
  path: string;
  bytes: Uint8Array;
}

interface Staged {
  path: string;
  target: string;
  /** Beside the target: only within one file system a rename is one step. */
  temporary: string;
}

const suffix = ".next";
/** A publication takes moments, so what is this old was left by one that was killed: milliseconds. */
const abandonedAfter = 10 * 60_000;

/**
 * Writes the files beside their places, and only when all are on the disk renames them into place, one after another in
 * their order. A UserError where that cannot be; then nothing is left of it.
 */
export function putInPlace(folder: string, files: readonly File[]): void {
  const made: string[] = [];
  const staged: Staged[] = [];
  const placed: string[] = [];
  try {
    for (const file of files) stage(folder, file, made, staged);
    for (const { path, target, temporary } of staged) {
      renameSync(temporary, target);
      placed.push(path);
    }
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    if (placed.length === 0) for (const parent of made) rmSync(parent, { recursive: true, force: true });
    const path = files[placed.length]!.path;
    throw error instanceof UserError ? error : refusal(path, error as NodeJS.ErrnoException, placed);
  }
  for (const parent of new Set(staged.map(({ target }) => dirname(target)))) flush(parent);
}

function stage(folder: string, { path, bytes }: File, made: string[], staged: Staged[]): void {
  const target = join(folder, path);
  const temporary = join(dirname(target), `.${basename(path)}.${process.pid}${suffix}`);
  try {
    const first = mkdirSync(dirname(target), { recursive: true });
    if (first !== undefined) made.push(first);
    removeAbandoned(dirname(target));
    const mode = modeOf(target);
    staged.push({ path, target, temporary });
    write(temporary, bytes, mode);
  } catch (error) {
    throw refusal(path, error as NodeJS.ErrnoException);
  }
}

function write(path: string, bytes: Uint8Array, mode: number | undefined): void {
  const file = openSync(path, "w");
  try {
    writeFileSync(file, bytes);
    if (mode !== undefined) fchmodSync(file, mode);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Who may read the file that is there now may read the next one too. */
function modeOf(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  return found && found.mode & 0o777;
}

function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(".") || !name.endsWith(suffix)) continue;
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > abandonedAfter) rmSync(path, { force: true });
  }
}

/** The names, too, are on the disk then. Some file systems know no such thing. */
function flush(folder: string): void {
  try {
    const opened = openSync(folder, "r");
    fsyncSync(opened);
    closeSync(opened);
  } catch {
    return;
  }
}
