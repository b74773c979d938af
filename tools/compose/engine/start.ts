import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "../../cache.js";
import { CannotRun } from "../cannot-run.js";
import type { Teardown } from "../teardown.js";
import type { Docker } from "./docker.js";
import { claim, engineOf, folderPrefix, staleFolders } from "./stale.js";

const startWithin = 60_000;
const stopWithin = 20_000;

/** An engine that keeps to a folder of its own, and leaves the machine's firewall and default bridge alone. */
export async function startEngine(ends: Teardown, tell: (note: string) => void): Promise<Docker> {
  for (const stale of staleFolders()) stopEngine(engineOf(stale), stale);
  const folder = mkdtempSync(join(tmpdir(), folderPrefix));
  claim(folder);
  const log = logFile();
  const socket = `unix://${join(folder, "docker.sock")}`;
  tell(`Starting a docker engine; its log: ${log}`);
  const output = openSync(log, "w");
  const engine = spawn("dockerd", argumentsFor(folder, socket), {
    detached: true,
    stdio: ["ignore", output, output],
  });
  const over = new Promise<"over">((resolve) => {
    engine.once("error", () => resolve("over"));
    engine.once("exit", () => resolve("over"));
  });
  ends.add(() => stopEngine(engine.pid, folder));
  const outcome = await Promise.race([over, listens(join(folder, "docker.sock"), log)]);
  if (outcome !== "ready") throw new CannotRun(`the docker engine does not start: ${lastWords(log)}`);
  return {
    program: "docker",
    environment: { ...process.env, DOCKER_HOST: socket, DOCKER_CONTEXT: undefined },
  };
}

function argumentsFor(folder: string, socket: string): string[] {
  return [
    ...["--host", socket],
    ...["--data-root", join(folder, "data")],
    ...["--exec-root", join(folder, "exec")],
    ...["--pidfile", join(folder, "pid")],
    ...["--iptables=false", "--ip6tables=false", "--ip-masq=false", "--bridge=none"],
  ];
}

function logFile(): string {
  mkdirSync(cacheFolder(), { recursive: true });
  return join(cacheFolder(), "dockerd.log");
}

async function listens(socket: string, log: string): Promise<"ready" | "late"> {
  for (const end = Date.now() + startWithin; Date.now() < end; await sleep(100))
    if (existsSync(socket) && readFileSync(log, "utf8").includes("API listen on")) return "ready";
  return "late";
}

/** The engine takes its file away when it ends; until this process gets round to it, its id stays taken. */
function stopEngine(pid: number | undefined, folder: string): void {
  if (pid !== undefined) {
    signal(pid, "SIGTERM");
    for (const end = Date.now() + stopWithin; existsSync(join(folder, "pid")) && Date.now() < end; )
      pause(100);
    signal(pid, "SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function lastWords(log: string): string {
  return readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "";
}
