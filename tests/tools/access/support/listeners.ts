import assert from "node:assert/strict";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { build } from "../../../../tools/build/index.js";
import { generateBootstrap } from "../../../../tools/envoy/bootstrap.js";
import { needEnvoy } from "../../../../tools/envoy/find.js";
import { pluginOfInstance } from "../../../../tools/envoy/plugin.js";
import { startEnvoy, type EnvoyProcess } from "../../../../tools/envoy/process.js";
import { packageRoot } from "../../../../tools/package-root.js";
import { instance, temporaryFolder, upstream, type Upstream } from "../../envoy/support/setup.js";

/** A part of Envoy's configuration, as the YAML parser gives it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Part = any;

/** A listener of its own for a filter with a configuration, changed where it needs to be. */
export interface Variant {
  filter: string;
  configuration: object;
  change?(chain: Part, manager: Part): void;
}

export interface Listeners {
  /** Port of each variant, in order. */
  ports: number[];
  upstream: Upstream;
  stop(): Promise<void>;
}

/** One Envoy with a listener for each variant, all before the same upstream. */
export async function listenersFor(variants: Variant[]): Promise<Listeners> {
  const behind = await upstream();
  const bootstraps = await Promise.all(variants.map((variant) => bootstrapOf(variant, behind.port)));
  const [first] = bootstraps;
  first.static_resources.listeners = bootstraps.map((one, index) => ({
    ...one.static_resources.listeners[0],
    name: `variant-${index}`,
  }));
  const { path } = await needEnvoy();
  const start = await startEnvoy({ binary: path, bootstrap: stringify(first) });
  assert.ok(start.ready, JSON.stringify("lines" in start ? start.lines.slice(-3) : ""));
  const stop = async () => {
    await start.envoy.stop();
    behind.close();
  };
  return { ports: await portsOf(start.envoy, variants.length), upstream: behind, stop };
}

async function bootstrapOf({ filter, configuration, change }: Variant, upstreamPort: number): Promise<Part> {
  const { wasmPath } = await build({
    entry: join(packageRoot, "filters", filter),
    outDir: temporaryFolder(),
  });
  const text = JSON.stringify(configuration);
  const plugin = pluginOfInstance(instance(wasmPath, { name: filter, configuration: text }), wasmPath);
  const ports = { listen: { port: 0 }, admin: { port: 0 }, upstream: { port: upstreamPort } };
  const bootstrap: Part = parse(generateBootstrap({ chain: [plugin], ...ports, statsOnDemand: true }));
  const chain = bootstrap.static_resources.listeners[0].filter_chains[0];
  change?.(chain, chain.filters[0].typed_config);
  return bootstrap;
}

async function portsOf(envoy: EnvoyProcess, count: number): Promise<number[]> {
  const answer = await fetch(`http://127.0.0.1:${envoy.adminPort}/listeners?format=json`);
  const { listener_statuses: all } = (await answer.json()) as Part;
  const portOf = (index: number): number =>
    all.find((one: Part) => one.name === `variant-${index}`).local_address.socket_address.port_value;
  return Array.from({ length: count }, (_, index) => portOf(index));
}
