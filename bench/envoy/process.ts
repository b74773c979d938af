import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../tools/errors.js";
import { startChild } from "../../tools/envoy/child.js";
import type { Scratch } from "../../tools/envoy/scratch.js";

/** An Envoy that answers. */
export interface BenchEnvoy {
  readonly pid: number;
  /** Port of each listener by its name. */
  readonly ports: ReadonlyMap<string, number>;
  /** The end of what it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/** How an Envoy is started. */
export interface EnvoyStart {
  readonly binary: string;
  /** A bootstrap with an admin interface, its ports 0. */
  readonly bootstrap: string;
  readonly place: Scratch;
  /** Wraps the command, for a tool that Envoy is to run under. */
  wrap(command: string[]): string[];
}

const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 200;
const ADMIN_TIMEOUT_MS = 10_000;
const LOG_SHOWN = 1500;

/** Starts an Envoy with one worker and waits until it serves; throws with the end of its log if it does not. */
export async function startBenchEnvoy(start: EnvoyStart): Promise<BenchEnvoy> {
  const adminFile = `${start.place.folder}/admin`;
  const config = start.place.write("envoy.yaml", start.bootstrap);
  const fixed = ["--concurrency", "1", "--disable-hot-restart", "--log-level", "warn"];
  const command = [start.binary, "-c", config, "--admin-address-path", adminFile, ...fixed];
  const [program, ...args] = start.wrap(command);
  let log = "";
  const child = await startChild(program!, args, (text) => (log = (log + text).slice(-LOG_SHOWN)));
  let ended = false;
  void child.exited.then(() => (ended = true));
  const ports = await portsOf(adminFile, () => ended);
  if (ports) return { pid: child.pid, ports, log: () => log, stop: () => child.stop(STOP_TIMEOUT_MS) };
  await child.stop();
  throw new UserError("Envoy did not become ready", log);
}

/** Ports by listener once Envoy serves; null when it ended or took too long. */
async function portsOf(adminFile: string, ended: () => boolean): Promise<Map<string, number> | null> {
  for (
    const deadline = Date.now() + START_TIMEOUT_MS;
    Date.now() < deadline && !ended();
    await sleep(POLL_MS)
  ) {
    const ports =
      existsSync(adminFile) && (await askForPorts(readFileSync(adminFile, "utf8")).catch(() => null));
    if (ports) return ports;
  }
  return null;
}

async function askForPorts(admin: string): Promise<Map<string, number> | null> {
  const ask = (path: string) =>
    fetch(`http://${admin}${path}`, { signal: AbortSignal.timeout(ADMIN_TIMEOUT_MS) });
  const ready = await ask("/ready");
  return ready.ok ? listenerPorts(await (await ask("/listeners?format=json")).text()) : null;
}

/** Ports by listener name in the answer of the admin interface's /listeners?format=json. */
export function listenerPorts(json: string): Map<string, number> {
  const { listener_statuses: statuses } = JSON.parse(json) as {
    listener_statuses: { name: string; local_address: { socket_address: { port_value: number } } }[];
  };
  return new Map(statuses.map((status) => [status.name, status.local_address.socket_address.port_value]));
}
