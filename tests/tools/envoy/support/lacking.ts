import { resolve } from "node:path";
import { generateBootstrap } from "../../../../tools/envoy/bootstrap.js";
import { needEnvoy } from "../../../../tools/envoy/find.js";
import { linesOfFilters } from "../../../../tools/envoy/filter-log.js";
import { readMetrics } from "../../../../tools/envoy/metrics.js";
import { pluginOfInstance, type Plugin } from "../../../../tools/envoy/plugin.js";
import { startEnvoy } from "../../../../tools/envoy/process.js";
import type { Host, HostSetup, Started } from "../../../../tools/traffic/host.js";

/** Real Envoy with the lists that are always generated, except that some names are missing on them. */
export function lacking(names: readonly string[]): Host {
  return { name: "envoy", version: async () => "Envoy", start: (setup) => start(setup, names) };
}

async function start(setup: HostSetup, names: readonly string[]): Promise<Started> {
  const chain = setup.chain.map((instance) =>
    without(pluginOfInstance(instance, resolve(instance.wasm)), names),
  );
  const { path: binary } = await needEnvoy();
  const { upstream, callees } = setup;
  const ports = { listen: { port: 0 }, admin: { port: 0 } };
  const bootstrap = generateBootstrap({ chain, ...ports, upstream, callees, http1Trailers: true });
  const started = await startEnvoy({ binary, bootstrap });
  if (!started.ready) return { refused: true, problems: ["it did not start"] };
  const { envoy } = started;
  const logs = () => linesOfFilters(envoy.lines(), chain);
  const metrics = () => readMetrics(envoy.adminPort);
  return { refused: false, running: { port: envoy.port, logs, metrics, stop: () => envoy.stop() } };
}

function without(plugin: Plugin, names: readonly string[]): Plugin {
  const capabilities = plugin.capabilities!.filter((name) => !names.includes(name));
  return { ...plugin, capabilities, withheld: [...plugin.withheld, ...names] };
}
