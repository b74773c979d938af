import { configurationText, environmentNames } from "../manifest/instance.js";
import type { Manifest } from "../manifest/manifest.js";
import type { FailurePolicy, FilterInstance } from "../traffic/host.js";
import { isWithin } from "../abi/groups.js";
import { UserError } from "../errors.js";
import { capabilitiesOf, sharesState } from "./capabilities.js";
import { readModule, type ModuleFacts } from "./module.js";
import type { FilterKind } from "./tcp-kind.js";
import { shortHash } from "./short-hash.js";

/** One filter of a chain, as Envoy is told of it. */
export interface Plugin {
  name: string;
  rootId: string;
  kind: FilterKind;
  vmId: string;
  /** As Envoy opens it: absolute, or relative to the folder in which Envoy starts. */
  wasmPath: string;
  /** Exactly what the filter is handed; "" for nothing. */
  configuration: string;
  /** The same for what all filters of a VM are handed. */
  vmConfiguration: string;
  /** Variables of Envoy's own environment that the filter sees. */
  hostEnvironment: string[];
  /** Further variables, with their values. */
  environment: Record<string, string>;
  failurePolicy: FailurePolicy;
  streamIdleTimeoutMs: number | undefined;
  allowOnHeadersStopIteration: boolean;
  /** Tags of its metrics, which Envoy makes labels of. */
  metricTags: string[];
  /** Host functions and callbacks the module may use; null leaves it unrestricted. */
  capabilities: string[] | null;
  /** The groups of its manifest's ceiling; null where that sets no bounds. */
  ceiling: readonly string[] | null;
  /** Host functions that the module imports and may not use. */
  withheld: string[];
}

/** The plugin of a manifest, for a file that others will run: it names variables and holds none of their values. */
export function pluginOfManifest(manifest: Manifest, module: ModuleFacts, wasmPath: string): Plugin {
  return identified(module, {
    name: manifest.name,
    rootId: manifest.rootId,
    wasmPath,
    configuration: configurationText(manifest),
    vmConfiguration: "",
    hostEnvironment: environmentNames(manifest),
    environment: {},
    failurePolicy: manifest.failurePolicy,
    streamIdleTimeoutMs: manifest.streamIdleTimeoutMs,
    allowOnHeadersStopIteration: manifest.allowOnHeadersStopIteration || module.holdsHeaders,
    ...privileges(manifest.name, module, manifest.ceiling?.groups),
  });
}

/** The plugin of a filter that this process runs. Reads the module; a UserError where it is none. */
export function pluginOfInstance(instance: FilterInstance, wasmPath: string): Plugin {
  const module = readModule(wasmPath);
  const { options } = instance;
  const plugin = identified(module, {
    name: instance.name,
    rootId: instance.rootId,
    wasmPath,
    configuration: instance.configuration,
    vmConfiguration: options.vmConfiguration ?? "",
    hostEnvironment: [],
    environment: instance.environment,
    failurePolicy: options.failurePolicy ?? "FAIL_RELOAD",
    streamIdleTimeoutMs: options.streamIdleTimeoutMs,
    allowOnHeadersStopIteration: options.allowOnHeadersStopIteration || module.holdsHeaders,
    ...(options.fullCallbacks ? unrestricted : privileges(instance.name, module, options.ceiling)),
  });
  return { ...plugin, vmId: options.vmId ?? plugin.vmId };
}

type Privileges = Pick<Plugin, "capabilities" | "ceiling" | "withheld">;

const unrestricted: Privileges = { capabilities: null, ceiling: null, withheld: [] };

/** A UserError where a callback is beyond the ceiling: Envoy would skip it without a word, and traffic pass unfiltered. */
function privileges(name: string, module: ModuleFacts, ceiling: readonly string[] | null = null): Privileges {
  const skipped = module.callbacks.filter((callback) => !isWithin(ceiling, callback));
  if (skipped.length > 0) throw beyondCeiling(name, skipped, ceiling!);
  const capabilities = capabilitiesOf(module, ceiling);
  return { capabilities, ceiling, withheld: module.imports.filter((name) => !capabilities.includes(name)) };
}

function beyondCeiling(name: string, skipped: readonly string[], ceiling: readonly string[]): UserError {
  const allowed = ceiling.join(", ") || "nothing";
  return new UserError(
    `${name}: its module handles ${skipped.join(", ")}, and its manifest allows no more than ${allowed}`,
    "Add what it takes to capabilities in its filter.yaml, or build the module anew.",
  );
}

/**
 * Filters share a VM where their VM id, module and VM configuration are equal. A module without lifecycle callbacks
 * cannot tell two plugins apart, so its id differs with everything that makes another plugin of it.
 */
function identified(module: ModuleFacts, plugin: Omit<Plugin, "vmId" | "kind" | "metricTags">): Plugin {
  const identity = [plugin.rootId, plugin.configuration, plugin.hostEnvironment, plugin.environment];
  const hash = shortHash(JSON.stringify(identity));
  const kind = module.kindOf(plugin.rootId);
  const vmId = sharesState(module) ? plugin.name : `${plugin.name}-${hash}`;
  return { ...plugin, kind, vmId, metricTags: module.metricTags };
}
