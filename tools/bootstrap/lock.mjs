import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readIfThere } from "./step.mjs";

/**
 * Waits until no other process prepares this checkout, and keeps others waiting until the function it returns is
 * called. A lock whose owner is gone counts as none.
 */
export async function lock(root) {
  const folder = join(root, ".cache/bootstrap.lock");
  mkdirSync(dirname(folder), { recursive: true });
  for (let waits = 0; !take(folder); waits++) {
    if (waits === 5)
      process.stderr.write("meshscript: waiting for another process that prepares this folder\n");
    await sleep(200);
    if (!isAlive(Number(readIfThere(join(folder, "pid"))))) release(folder);
  }
  return () => release(folder);
}

/** Making a folder is one step: only one process can do it. */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(folder, "pid"), String(process.pid));
  return true;
}

function release(folder) {
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
