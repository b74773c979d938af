import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Told to the user without a stack. */
export class Failure extends Error {}

const passedOn = ["SIGTERM", "SIGHUP"];

/** Runs a program with a line of progress before and after it. All of it goes to standard error. */
export async function step(what, program, args, cwd, hint) {
  const began = Date.now();
  process.stderr.write(`meshscript: ${what} ...\n`);
  const code = await run(program, args, cwd);
  if (code !== 0) throw new Failure(`${what} failed. ${hint}`);
  process.stderr.write(`meshscript: ${what} took ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

/** Ctrl-C reaches the program by itself; what is sent to this process alone is passed on. */
async function run(program, args, cwd) {
  const child = spawn(program, args, { cwd, stdio: ["ignore", 2, 2] });
  const pass = (signal) => child.kill(signal);
  for (const signal of passedOn) process.on(signal, pass);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", (cause) => reject(new Failure(`cannot start ${program}: ${cause.message}`)));
      child.once("close", resolve);
    });
  } finally {
    for (const signal of passedOn) process.off(signal, pass);
  }
}

/** A file's text, undefined where there is none; asking first would leave time for it to go. */
export function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
