import { UserError } from "../errors.js";
import type { Envoy } from "../envoy/found.js";
import type { Host } from "../traffic/host.js";
import type { Terminal } from "../terminal/index.js";
import { UsageError } from "./exit.js";

export const hostNames = ["emulator", "envoy"] as const;

/** The name of a host as an option gives it. */
export function hostName(text: string, option: string): string {
  if ((hostNames as readonly string[]).includes(text)) return text;
  throw new UsageError(`${option}: no host "${text}"`, `Hosts: ${hostNames.join(", ")}.`);
}

/** A host by its name. A `UserError` where there is no Envoy. */
export async function openHost(name: string): Promise<Host> {
  if (name === "emulator") return openEmulator();
  const { needEnvoy } = await import("../envoy/find.js");
  return openEnvoy(await needEnvoy(), (note) => void process.stderr.write(`${note}\n`));
}

/** The host that was asked for; else Envoy, and where there is none, the emulator with a line that says so. */
export async function openHostOrEmulator(
  name: string | undefined,
  { line, colors }: Terminal,
): Promise<Host> {
  if (name !== undefined) return openHost(name);
  const { findEnvoy } = await import("../envoy/find.js");
  const found = await findEnvoy();
  if (found.available) return openEnvoy(found, (note) => line(colors.yellow(note)));
  if (found.reason === "wrong-hash") throw new UserError(found.message);
  line(colors.yellow(`No Envoy (${found.message}): the embedded host takes its place.`));
  return openEmulator();
}

async function openEmulator(): Promise<Host> {
  const { emulatorHost } = await import("../emulator/index.js");
  return emulatorHost();
}

async function openEnvoy(envoy: Envoy, tell: (note: string) => void): Promise<Host> {
  if (envoy.note) tell(envoy.note);
  const { envoyHost } = await import("../envoy/host.js");
  return envoyHost(envoy);
}
