import { packageVersion } from "../../package-root.js";
import { chainKind } from "../../envoy/tcp-kind.js";
import { attemptedCall } from "../../traffic/attempts.js";
import type { Host, HostSetup, Metrics, Running, Started } from "../../traffic/host.js";
import { Emulator } from "../emulator.js";
import type { LogLine } from "../types.js";
import { LoadError } from "../errors.js";
import type { Plugin } from "../plugin.js";
import { listenTcp } from "../tcp/proxy.js";
import { openCallees } from "./callees.js";
import { exchange } from "./exchange.js";
import { generatedPlugin } from "./generated.js";
import type { Metrics as EmulatorMetrics } from "../shared/metrics.js";
import { http1Upstream } from "./http1-upstream.js";
import { http2Upstream } from "./http2-upstream.js";
import { listen } from "./server.js";
import { pluginTimers } from "./timers.js";

const defaultIdleMs = 15_000;

/** The emulator as a reverse proxy over real sockets, configured as the generated Envoy configuration is. */
export function emulatorHost(): Host {
  return { name: "emulator", version: async () => `meshscript emulator ${packageVersion}`, start };
}

async function start(setup: HostSetup): Promise<Started> {
  const timers = pluginTimers();
  const callees = openCallees(setup);
  const emulator = new Emulator({
    logLevel: setup.logLevel ?? "info",
    strict: false,
    timerChanged: timers.changed,
    callees: callees.find,
  });
  const end = () => {
    timers.stop();
    callees.close();
  };
  try {
    const chain = setup.chain.map(generatedPlugin);
    const open = chainKind(chain) === "tcp" ? openTcp : openHttp;
    const plugins = chain.map((plugin) => emulator.load(plugin));
    return { refused: false, running: running(emulator, await open(setup, emulator, plugins), end) };
  } catch (error) {
    end();
    if (error instanceof LoadError) return { refused: true, problems: [...error.problems] };
    throw error;
  }
}

/** The longest time that a filter states; undefined where none does. */
function longestIdle(chain: HostSetup["chain"]): number | undefined {
  const stated = chain.flatMap(({ options }) => options.streamIdleTimeoutMs ?? []);
  return stated.length > 0 ? Math.max(...stated) : undefined;
}

/** Where clients connect. */
interface Door {
  readonly port: number;
  close(): Promise<void>;
}

function openTcp(
  { port, upstream, chain }: HostSetup,
  { surroundings }: Emulator,
  plugins: Plugin[],
): Promise<Door> {
  return listenTcp(port ?? 0, {
    plugins,
    surroundings,
    upstreamPort: upstream.port,
    idleMs: longestIdle(chain),
  });
}

async function openHttp(setup: HostSetup, emulator: Emulator, plugins: Plugin[]): Promise<Door> {
  const { port, protocol } = setup.upstream;
  const upstream = protocol === "http2" ? http2Upstream(port) : http1Upstream(port);
  const idleMs = longestIdle(setup.chain) ?? defaultIdleMs;
  const parts = { plugins, surroundings: emulator.surroundings, upstream, upstreamPort: port, idleMs };
  const server = await listen(setup.port ?? 0, (client, ended) => exchange(parts, client, ended));
  const close = async () => {
    await server.close();
    upstream.close();
  };
  return { port: server.port, close };
}

function running(emulator: Emulator, door: Door, stopTimers: () => void): Running {
  return {
    port: door.port,
    logs: () => emulator.logs().flatMap(shownLine),
    metrics: async () => flat(emulator.metrics()),
    exercised: () => drained(emulator.surroundings.exercised),
    stop: async () => {
      await door.close();
      stopTimers();
    },
  };
}

/** A histogram's count stands in front of the tags, which the library writes behind its name. */
function flat({ counters, gauges, histograms }: EmulatorMetrics): Metrics {
  const counts = Object.entries(histograms).map(([name, values]) => [
    name.replace(/(?=\.;|$)/, "_count"),
    values.length,
  ]);
  const numbers = Object.entries({ ...counters, ...gauges }).map(([name, value]) => [name, Number(value)]);
  return Object.fromEntries([...numbers, ...counts]);
}

function drained(names: Set<string>): string[] {
  const all = [...names];
  names.clear();
  return all;
}

/** What filters logged, and what they tried without being allowed to. */
function shownLine({ from, level, plugin, text }: LogLine): string[] {
  if (from === "guest") return [`${level} ${text}`];
  return attemptedCall(text) ? [`${level} ${plugin}: ${text}`] : [];
}
