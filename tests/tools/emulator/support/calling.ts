import { Clock, Emulator } from "../../../../tools/emulator/index.js";
import type { Header, Plugin, PluginOptions } from "../../../../tools/emulator/index.js";
import type { ResponseEvents, Upstream } from "../../../../tools/emulator/proxy/upstream.js";
import { callingProbe } from "./compile.js";
import { get } from "./probed.js";

/** A call as it came to a callee; the test plays the callee with `answer`. */
export interface Call {
  headers: readonly Header[];
  /** Byte string: all that was sent so far. */
  body: string;
  ended: boolean;
  cancelled: boolean;
  answer: ResponseEvents;
}

export interface Calling {
  emulator: Emulator;
  clock: Clock;
  plugin: Plugin;
  /** Oldest first. */
  calls: Call[];
  /** What the guest said since it was last asked. */
  said(): string[];
}

/** Pairs of a request that lacks nothing, as the guest's scripts write them. */
export const request = ":method=GET,:path=/check,:authority=authz";

interface CallingOptions extends Partial<PluginOptions> {
  strict?: boolean;
  /** The callee answers 200 before a call has even been made. */
  immediate?: boolean;
}

/** A plugin that does what the script says, in an emulator with one cluster, authz. */
export async function calling(script: readonly string[], options: CallingOptions = {}): Promise<Calling> {
  const { strict, immediate, ...settings } = options;
  const calls: Call[] = [];
  const callees = (cluster: string) => (cluster === "authz" ? callee(calls, immediate ?? false) : null);
  const clock = new Clock(Date.UTC(2026, 0, 1));
  const emulator = new Emulator({ clock, callees, strict });
  const module = await callingProbe();
  const plugin = emulator.load({ module, configuration: script.join("\n"), ...settings });
  let told = emulator.logs().length;
  const said = () => {
    const fresh = emulator.logs().slice(told);
    told += fresh.length;
    return fresh.filter(({ from }) => from === "guest").map(({ text }) => text);
  };
  return { emulator, clock, plugin, calls, said };
}

/** The same, and one request has come in. */
export async function called(
  script: readonly string[],
  options: CallingOptions = {},
): Promise<Calling & { stream: ReturnType<Plugin["open"]> }> {
  const parts = await calling(script, options);
  const stream = parts.plugin.open();
  stream.requestHeaders(get, true);
  return { ...parts, stream };
}

function callee(calls: Call[], immediate: boolean): Upstream {
  return {
    open(headers, end, answer) {
      const call: Call = { headers, body: "", ended: end, cancelled: false, answer };
      calls.push(call);
      if (immediate) answer.headers([[":status", "200"]], true);
      return {
        data(bytes, last) {
          call.body += Buffer.from(bytes).toString("latin1");
          call.ended = last;
        },
        trailers: () => {},
        reset: () => (call.cancelled = true),
        pause: () => {},
        resume: () => {},
      };
    },
    close: () => {},
  };
}
