import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Clock, Emulator } from "../../../../tools/emulator/index.js";
import type { Plugin, PluginOptions, StreamInfo } from "../../../../tools/emulator/index.js";
import { packageRoot } from "../../../../tools/package-root.js";
import { compile } from "./compile.js";
import { get } from "./probed.js";

export interface Served {
  emulator: Emulator;
  clock: Clock;
  plugin: Plugin;
  /** Loads a further plugin. */
  load(script: string, options?: Partial<PluginOptions>): Plugin;
  /** What guests said since it was last asked. */
  said(): string[];
}

/** The guest that asks for host services as it is told; see guests/services.as. */
export function services(): Promise<Uint8Array> {
  return compile(readFileSync(join(packageRoot, "tests/tools/emulator/guests/services.as"), "utf8"));
}

/** A plugin that does what the script says, a line each, in an emulator of its own. */
export async function served(script: string, options: Partial<PluginOptions> = {}): Promise<Served> {
  const module = await services();
  const clock = new Clock(Date.UTC(2026, 0, 1));
  const emulator = new Emulator({ clock });
  const load = (text: string, more: Partial<PluginOptions> = {}) =>
    emulator.load({ module, name: "services", configuration: lines(text), ...options, ...more });
  const plugin = load(script);
  return { emulator, clock, plugin, load, said: sayings(emulator) };
}

/** One request: what the guest says in phase `rh`, and what follows from it. */
export async function answers(script: string, info: StreamInfo = {}): Promise<string[]> {
  const { plugin, said } = await served(asked(script));
  plugin.open(info).requestHeaders(get, false);
  return said();
}

/** Lines without a phase are for the request's headers. */
export function asked(script: string): string {
  return lines(script).replace(/^/gm, "rh ");
}

/** Script and answers side by side, as `<operation> -> <answer>`: what is measured on Envoy can be read at a glance. */
export async function agrees(
  dialogue: string,
  info: StreamInfo = {},
): Promise<[said: string[], expected: string[]]> {
  const pairs = lines(dialogue)
    .split("\n")
    .map((line) => line.split(/ *-> ?/));
  const said = await answers(pairs.map(([operation]) => operation).join("\n"), info);
  return [said.map((line) => line.slice(line.indexOf(": ") + 2)), pairs.map(([, answer]) => answer!)];
}

function lines(text: string): string {
  return text.replace(/^\n|\n *$/g, "").replace(/^ +/gm, "");
}

function sayings(emulator: Emulator): () => string[] {
  let told = emulator.logs().length;
  return () => {
    const fresh = emulator.logs().slice(told);
    told = emulator.logs().length;
    return fresh.filter((line) => line.from === "guest").map((line) => line.text);
  };
}
