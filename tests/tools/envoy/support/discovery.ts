import { renameSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { generateBootstrap } from "../../../../tools/envoy/bootstrap.js";
import { pluginOfInstance } from "../../../../tools/envoy/plugin.js";
import type { FilterInstance } from "../../../../tools/traffic/host.js";

// A filter whose configuration Envoy reads from a file that it watches, as a mesh's control plane would send it.

/** A bootstrap with one filter that is discovered in `file`. */
export function discovering(instance: FilterInstance, file: string, upstreamPort: number): string {
  const bootstrap = parse(generated(instance, upstreamPort));
  managerOf(bootstrap).http_filters[0] = {
    name: instance.name,
    config_discovery: {
      config_source: { path_config_source: { path: file }, resource_api_version: "V3" },
      type_urls: ["type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm"],
    },
  };
  return stringify({ ...bootstrap, node: { id: "test", cluster: "test" } });
}

/** Puts a filter into the file at once: written beside it, then renamed, for Envoy watches for that. */
export function publish(instance: FilterInstance, file: string): void {
  const { typed_config } = managerOf(parse(generated(instance, 9))).http_filters[0]!;
  const type = "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig";
  const resource = { "@type": type, name: instance.name, typed_config };
  writeFileSync(`${file}.next`, stringify({ resources: [resource] }));
  renameSync(`${file}.next`, file);
}

function generated(instance: FilterInstance, upstreamPort: number): string {
  const chain = [pluginOfInstance(instance, instance.wasm)];
  return generateBootstrap({
    chain,
    listen: { port: 0 },
    admin: { port: 0 },
    upstream: { port: upstreamPort },
  });
}

interface Manager {
  http_filters: Record<string, unknown>[];
}

function managerOf(bootstrap: {
  static_resources: { listeners: { filter_chains: { filters: { typed_config: Manager }[] }[] }[] };
}): Manager {
  return bootstrap.static_resources.listeners[0]!.filter_chains[0]!.filters[0]!.typed_config;
}
