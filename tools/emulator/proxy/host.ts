import { packageVersion } from "../../package-root.js";
import type { Host, HostSetup, Running, Started } from "../../traffic/host.js";
import { Emulator } from "../emulator.js";
import { LoadError } from "../errors.js";
import type { Plugin } from "../plugin.js";
import { exchange } from "./exchange.js";
import { generatedPlugin } from "./generated.js";
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
  const options = { logLevel: setup.logLevel ?? "info", strict: false, timerChanged: timers.changed };
  const emulator = new Emulator(options);
  try {
    const plugins = setup.chain.map((instance) => emulator.load(generatedPlugin(instance)));
    return { refused: false, running: await serve(setup, emulator, plugins, timers.stop) };
  } catch (error) {
    timers.stop();
    if (error instanceof LoadError) return { refused: true, problems: [...error.problems] };
    throw error;
  }
}

async function serve(
  setup: HostSetup,
  emulator: Emulator,
  plugins: Plugin[],
  stopTimers: () => void,
): Promise<Running> {
  const { port, protocol } = setup.upstream;
  const upstream = protocol === "http2" ? http2Upstream(port) : http1Upstream(port);
  const stated = setup.chain.flatMap(({ options }) => options.streamIdleTimeoutMs ?? []);
  const idleMs = stated.length > 0 ? Math.max(...stated) : defaultIdleMs;
  const parts = { plugins, surroundings: emulator.surroundings, upstream, upstreamPort: port, idleMs };
  const server = await listen(setup.port ?? 0, (client, ended) => exchange(parts, client, ended));
  return {
    port: server.port,
    logs: () => guestLines(emulator),
    stop: async () => {
      await server.close();
      upstream.close();
      stopTimers();
    },
  };
}

function guestLines(emulator: Emulator): string[] {
  return emulator.logs().flatMap((line) => (line.from === "guest" ? `${line.level} ${line.text}` : []));
}
