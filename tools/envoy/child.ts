import { spawn } from "node:child_process";
import { UserError } from "../errors.js";
import { atProcessEnd } from "./cleanup.js";

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  pid: number;
  /** Resolves when the process is gone and all its output has been read. */
  exited: Promise<Exit>;
  /** Asks it to end, and ends it by force where it does not within the bound (milliseconds). */
  stop(bound?: number): Promise<void>;
}

/**
 * Starts a program whose end is certain: with this process at the latest. It has a process group of its own, so
 * that Ctrl-C reaches only us, and so that a wrapper script ends together with what it started.
 */
export async function startChild(
  program: string,
  args: string[],
  onOutput: (text: string) => void,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Child> {
  const { cwd, env } = options;
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", onOutput);
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", (cause) => reject(new UserError(`cannot start ${program}: ${cause.message}`)));
  });
  const pid = child.pid!;
  const forget = atProcessEnd(() => signalGroup(pid, "SIGKILL"));
  let over = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", () => {
      over = true;
      forget();
    });
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  // The number of a process that is gone may already be another's.
  const signal = (name: NodeJS.Signals) => over || signalGroup(pid, name);
  return { pid, exited, stop: (bound = 3000) => stop(signal, exited, bound) };
}

async function stop(
  signal: (name: NodeJS.Signals) => void,
  exited: Promise<Exit>,
  bound: number,
): Promise<void> {
  signal("SIGTERM");
  const force = setTimeout(() => signal("SIGKILL"), bound);
  await exited;
  clearTimeout(force);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}
