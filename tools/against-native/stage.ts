import { join } from "node:path";
import type { Modules } from "../cli/modules.js";
import { needEnvoy } from "../envoy/find.js";
import { pluginOfInstance, type Plugin } from "../envoy/plugin.js";
import { startEnvoy, type EnvoyProcess, type Start } from "../envoy/process.js";
import { UserError } from "../errors.js";
import { bootstrapOf } from "./bootstrap.js";
import type { Pair, Variant } from "./pair.js";
import { startMarkedUpstream, type MarkedUpstream } from "./upstream.js";

/** One Envoy with both filters of a pair in each variant, and the upstream behind all of them. */
export interface Stage {
  /** Ports by the listeners' names. */
  ports: ReadonlyMap<string, number>;
  upstream: MarkedUpstream;
  stop(): Promise<void>;
}

export async function openStage(pair: Pair, modules: Modules): Promise<Stage> {
  const { wasmPath } = await modules.of(join(modules.project, "filters", pair.filter));
  const plugins = pair.variants.map((variant) => pluginOf(pair, variant, wasmPath));
  const upstream = await startMarkedUpstream();
  try {
    const binary = (await needEnvoy()).path;
    const started = await startEnvoy({ binary, bootstrap: bootstrapOf(pair, plugins, upstream.port) });
    const envoy = running(pair, started);
    const stop = async () => void (await Promise.all([envoy.stop(), upstream.stop()]));
    return { ports: await portsOf(envoy), upstream, stop };
  } catch (error) {
    await upstream.stop();
    throw error;
  }
}

function pluginOf({ filter }: Pair, { ours }: Variant, wasmPath: string): Plugin {
  const configuration = JSON.stringify(ours);
  const instance = { name: filter, wasm: wasmPath, rootId: "", configuration, environment: {} };
  return pluginOfInstance({ ...instance, options: { allowOnHeadersStopIteration: false } }, wasmPath);
}

function running({ filter }: Pair, started: Start): EnvoyProcess {
  if (started.ready) return started.envoy;
  const said = started.lines.slice(-8).map(({ text }) => text);
  throw new UserError(`Envoy does not take the configurations of ${filter}`, said.join("\n"));
}

interface Listeners {
  listener_statuses: { name: string; local_address: { socket_address: { port_value: number } } }[];
}

async function portsOf({ adminPort }: EnvoyProcess): Promise<Map<string, number>> {
  const answer = await fetch(`http://127.0.0.1:${adminPort}/listeners?format=json`);
  const { listener_statuses: all } = (await answer.json()) as Listeners;
  return new Map(all.map(({ name, local_address: at }) => [name, at.socket_address.port_value]));
}
