import { Clock, Emulator } from "../../../../tools/emulator/index.js";
import type {
  EmulatorOptions,
  Header,
  LogLine,
  Plugin,
  PluginOptions,
  Stream,
} from "../../../../tools/emulator/index.js";
import { probe } from "./compile.js";

export interface Probed {
  emulator: Emulator;
  clock: Clock;
  plugin: Plugin;
  /** Loads a further plugin. */
  load(script: readonly string[], options?: Partial<PluginOptions>): Plugin;
  /** What guests said since it was last asked. */
  said(): string[];
  /** What the host said in Envoy's words, since it was last asked. */
  complaints(): string[];
}

export const get: Header[] = [
  [":authority", "a.example"],
  [":path", "/"],
  [":method", "GET"],
];

export const post: Header[] = [...get.slice(0, 2), [":method", "POST"]];

/** A plugin that does what the script says, in an emulator of its own. */
export async function probed(
  script: readonly string[],
  options: Partial<PluginOptions> & EmulatorOptions = {},
): Promise<Probed> {
  const module = await probe();
  const { strict, logLevel, ...settings } = options;
  const clock = new Clock(Date.UTC(2026, 0, 1));
  const emulator = new Emulator({ clock, strict, logLevel });
  const load = (lines: readonly string[], more: Partial<PluginOptions> = {}) =>
    emulator.load({ module, name: "probe", configuration: lines.join("\n"), ...settings, ...more });
  const plugin = load(script);
  const since = lines(emulator);
  return { emulator, clock, plugin, load, said: since("guest"), complaints: since("host") };
}

/** A request without a body, and a response without one. */
export function roundTrip(plugin: Plugin, request: readonly Header[] = get): Stream {
  const stream = plugin.open();
  const { next } = stream.requestHeaders(request, true);
  if (next === "continue") stream.responseHeaders([[":status", "200"]], true);
  return stream;
}

function lines(emulator: Emulator): (from: LogLine["from"]) => () => string[] {
  return (from) => {
    let told = emulator.logs().length;
    return () => {
      const fresh = emulator.logs().slice(told);
      told = emulator.logs().length;
      return fresh.filter((line) => line.from === from).map((line) => line.text);
    };
  };
}
