import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Begins the name of an engine's folder. */
export const folderPrefix = "meshscript-docker-";

/** Notes that the engine of a folder is this process's. */
export function claim(folder: string): void {
  writeFileSync(join(folder, "owner"), String(process.pid));
}

/** Folders of engines whose owner was killed before it could end them. */
export function staleFolders(parent = tmpdir()): string[] {
  const folders = readdirSync(parent).filter((name) => name.startsWith(folderPrefix));
  return folders.map((name) => join(parent, name)).filter((folder) => ownerIsGone(folder));
}

/** The engine that still runs there: its id may meanwhile be another's, so its command line has to name the folder. */
export function engineOf(folder: string): number | undefined {
  const pid = textOf(join(folder, "pid"))?.trim();
  const commandLine = pid && textOf(join("/proc", pid, "cmdline"));
  return commandLine && commandLine.includes(folder) ? Number(pid) : undefined;
}

function ownerIsGone(folder: string): boolean {
  const owner = textOf(join(folder, "owner"));
  return owner !== undefined && !existsSync(join("/proc", owner));
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
