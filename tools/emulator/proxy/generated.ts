import { readFileSync } from "node:fs";
import { pluginOfInstance } from "../../envoy/plugin.js";
import type { FilterKind } from "../../envoy/tcp-kind.js";
import type { FilterInstance } from "../../traffic/host.js";
import type { PluginOptions } from "../types.js";

const reloadBackoffMs = 100;

export interface GeneratedPlugin extends PluginOptions {
  name: string;
  kind: FilterKind;
}

/** A filter's plugin as the generated Envoy configuration has it: the same capability list, the same id. */
export function generatedPlugin(instance: FilterInstance): GeneratedPlugin {
  const plugin = pluginOfInstance(instance, instance.wasm);
  const { name, rootId, configuration, vmConfiguration, environment, vmId, failurePolicy } = plugin;
  return {
    module: readFileSync(plugin.wasmPath),
    kind: plugin.kind,
    name,
    rootId,
    configuration,
    vmConfiguration,
    environment,
    vmId,
    failurePolicy,
    reloadBackoffMs,
    allowedCapabilities: plugin.capabilities ?? [],
    allowOnHeadersStopIteration: plugin.allowOnHeadersStopIteration,
  };
}
