import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../errors.js";
import type { LogLevel } from "../traffic/host.js";
import { waitUntilReady, type Ports } from "./admin.js";
import { startChild, type Child, type Exit } from "./child.js";
import { logReader, type LogLine } from "./log.js";
import { scratch, type Scratch } from "./scratch.js";

export interface EnvoyOptions {
  binary: string;
  /** A bootstrap with an admin interface; its ports may be 0. */
  bootstrap: string;
  /** Worker threads; 1 unless given. */
  concurrency?: number;
  /** What the filters' log shows; info unless given. */
  logLevel?: LogLevel;
  /** How long it may take to become ready, in milliseconds; a minute unless given. */
  readyWithin?: number;
  /** Folder in which Envoy starts; modules' paths may be relative to it. */
  cwd?: string;
}

export interface EnvoyProcess {
  pid: number;
  port: number;
  adminPort: number;
  lines(): readonly LogLine[];
  /** Resolves when Envoy is gone, whoever ended it. */
  exited: Promise<Exit>;
  stop(): Promise<void>;
}

/** Envoy, ready for requests, or what it said before it ended. */
export type Start =
  | { ready: true; envoy: EnvoyProcess }
  | { ready: false; lines: readonly LogLine[]; exit: Exit };

/** Starts Envoy and waits until it serves. A UserError where it cannot be started or does not become ready. */
export async function startEnvoy(options: EnvoyOptions): Promise<Start> {
  const place = scratch();
  const log = logReader();
  try {
    const args = argumentsOf(options, place, log.format);
    const child = await startChild(options.binary, args, log.feed, { cwd: options.cwd });
    const exited = child.exited.finally(() => place.remove());
    const outcome = await readyOrGone({ ...child, exited }, place, options.readyWithin ?? 60_000);
    if ("exit" in outcome) return { ready: false, lines: log.lines(), exit: outcome.exit };
    const { admin: adminPort, listener: port } = outcome.ports;
    const envoy = { pid: child.pid, port, adminPort, lines: log.lines, exited, stop: () => child.stop() };
    return { ready: true, envoy };
  } catch (error) {
    place.remove();
    throw error;
  }
}

function argumentsOf(options: EnvoyOptions, place: Scratch, logFormat: string): string[] {
  return [
    ...["-c", place.write("envoy.yaml", options.bootstrap)],
    ...["--concurrency", String(options.concurrency ?? 1)],
    "--disable-hot-restart",
    ...["--admin-address-path", addressFile(place)],
    ...["--log-format", logFormat],
    ...["--log-level", "warn", "--component-log-level", `wasm:${options.logLevel ?? "info"}`],
  ];
}

function addressFile(place: Scratch): string {
  return `${place.folder}/admin-address`;
}

type Outcome = { ports: Ports } | { exit: Exit };

async function readyOrGone(child: Child, place: Scratch, within: number): Promise<Outcome> {
  const over = new AbortController();
  const gone = child.exited.then((exit): Outcome => ({ exit }));
  const ready = waitUntilReady(addressFile(place), over.signal).then((ports) => (ports ? { ports } : gone));
  const late = sleep(within, "late" as const, { signal: over.signal }).catch(() => gone);
  const first = await Promise.race([ready, gone, late]);
  over.abort();
  if (first !== "late") return first;
  await child.stop();
  throw new UserError(`Envoy was not ready within ${within / 1000} s`);
}
