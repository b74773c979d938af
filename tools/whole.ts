import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "./errors.js";

/** Writes a file whole or not at all, in place of one that is there. A UserError where the disk does not take it. */
export function writeWhole(path: string, content: Uint8Array | string): void {
  placeWhole(path, (draft) => writeFileSync(draft, content));
}

/**
 * Lets something be made beside its place, a file or a folder, and moves it there when it is complete. What was there
 * stays where that fails, and nothing else is left.
 */
export function placeWhole(path: string, make: (draft: string) => void): void {
  // Several may be at work on one path.
  const own = randomBytes(6).toString("hex");
  const draft = `${path}.${own}.part`;
  const former = `${path}.${own}.old`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    make(draft);
    // A file takes another's place in one step; a folder cannot.
    if (isFolder(path)) renameSync(path, former);
    renameSync(draft, path);
  } catch (error) {
    if (!existsSync(path) && existsSync(former)) renameSync(former, path);
    throw explained(error as NodeJS.ErrnoException, path);
  } finally {
    for (const leftover of [draft, former]) removeIfThere(leftover);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function removeIfThere(path: string): void {
  if (existsSync(path)) rmSync(path, { recursive: true, force: true });
}

const makeRoom = "Make room, or name a folder on another disk: --out.";
const elsewhere = "Name a folder of your own: --out.";
const reasons: Record<string, [what: string, remedy: string]> = {
  ENOSPC: ["the disk is full", makeRoom],
  EDQUOT: ["the disk quota is used up", makeRoom],
  EACCES: ["not permitted", elsewhere],
  EPERM: ["not permitted", elsewhere],
  EROFS: ["its disk may only be read", elsewhere],
  EEXIST: ["it lies below something that is no folder", elsewhere],
  ENOTDIR: ["it lies below something that is no folder", elsewhere],
};

function explained(error: NodeJS.ErrnoException, path: string): Error {
  const [what, remedy] = reasons[error.code ?? ""] ?? [];
  return what ? new UserError(`${path}: cannot be written: ${what}`, remedy) : error;
}
