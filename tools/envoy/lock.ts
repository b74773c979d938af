import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { atProcessEnd } from "./cleanup.js";

const pollMs = 200;

/** Runs one piece of work at a time among all processes of this machine that name the same lock file. */
export async function locked<T>(file: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  if (!take(file)) {
    onWait();
    do await sleep(pollMs);
    while (!take(file));
  }
  const erase = () => rmSync(file, { force: true });
  const forget = atProcessEnd(erase);
  try {
    return await work();
  } finally {
    forget();
    erase();
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Two that clear away a dead owner's lock at once may both go on: each then works on a copy of its own.
    if (ownerIsDead(file)) rmSync(file, { force: true });
    return false;
  }
}

function ownerIsDead(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
