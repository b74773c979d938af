import { createHash } from "node:crypto";
import type { FailurePolicy } from "../traffic/host.js";
import { configurationBytes } from "./bytes.js";
import type { PluginOptions } from "./types.js";
import type { VmSettings } from "./vm.js";

/** A plugin's settings with their defaults filled in. */
export interface PluginConfig {
  name: string;
  rootId: string;
  configuration: Uint8Array;
  failurePolicy: FailurePolicy;
  reloadBackoffMs: number;
  allowOnHeadersStopIteration: boolean;
}

const defaultBackoffMs = 1000;

export function pluginConfig(options: Omit<PluginOptions, "module">): PluginConfig {
  return {
    name: options.name ?? "",
    rootId: options.rootId ?? "",
    configuration: configurationBytes(options.configuration),
    failurePolicy: options.failurePolicy ?? "FAIL_CLOSED",
    reloadBackoffMs: options.reloadBackoffMs ?? defaultBackoffMs,
    allowOnHeadersStopIteration: options.allowOnHeadersStopIteration ?? false,
  };
}

export function vmSettings(options: Omit<PluginOptions, "module">): VmSettings {
  const allowed = options.allowedCapabilities ?? [];
  return {
    vmId: options.vmId ?? "",
    vmConfiguration: configurationBytes(options.vmConfiguration),
    environment: options.environment ?? {},
    allowedCapabilities: allowed.length > 0 ? new Set(allowed) : null,
  };
}

/** Plugins with one key share a VM: the environment has no say in it, so the first plugin's counts. */
export function vmKey(settings: VmSettings, module: Uint8Array): string {
  const hash = createHash("sha256");
  return hash.update(settings.vmId).update(settings.vmConfiguration).update(module).digest("hex");
}

/** Plugins with one key in one VM share a root context. */
export function rootKey(config: PluginConfig): string {
  const hash = createHash("sha256").update(JSON.stringify([config.name, config.rootId]));
  return hash.update(config.configuration).digest("hex");
}
