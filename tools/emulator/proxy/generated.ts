import { readFileSync } from "node:fs";
import { pluginOfInstance } from "../../envoy/plugin.js";
import type { FilterInstance } from "../../traffic/host.js";
import type { PluginOptions } from "../types.js";

const reloadBackoffMs = 100;

/** A filter's plugin as the generated Envoy configuration has it: the same capability list, the same id. */
export function generatedPlugin(instance: FilterInstance): PluginOptions {
  const { name, rootId, configuration, environment, vmId, failurePolicy, capabilities, ...plugin } =
    pluginOfInstance(instance, instance.wasm);
  return {
    module: readFileSync(plugin.wasmPath),
    name,
    rootId,
    configuration,
    environment,
    vmId,
    failurePolicy,
    reloadBackoffMs,
    allowedCapabilities: capabilities ?? [],
    allowOnHeadersStopIteration: plugin.allowOnHeadersStopIteration,
  };
}
