import type { Plugin } from "./plugin.js";
import type { FilterKind } from "./tcp-kind.js";
import { wasmFilter, wasmTypes } from "./wasm-filter.js";
import { note, toYaml, type Tree } from "./yaml.js";
import { shortHash } from "./short-hash.js";

/** Where Envoy reads the configurations of filters, which it then watches. */
export interface Discovery {
  /** Folder with a file for each filter: as Envoy opens it, absolute or relative to the folder in which it starts. */
  folder: string;
  /**
   * Has Envoy look again into all of the files when any name in the folder changes, for folders that change by a link, as
   * those of a ConfigMap do. It then no longer tells for certain which version serves after it has refused one.
   */
  byLink?: boolean;
}

const resourceType = "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig";

/** The filters of a chain as a listener names them: whole, or where to find them. */
export function chainFilters(chain: readonly Plugin[], discovery: Discovery | undefined): Tree[] {
  return chain.map((plugin) => (discovery ? discovered(plugin, discovery) : wasmFilter(plugin)));
}

type Named = { name: string; kind: FilterKind };

function discovered({ name, kind }: Named, { folder, byLink }: Discovery): Tree {
  return {
    name,
    config_discovery: {
      config_source: {
        path_config_source: {
          path: `${folder}/${name}.yaml`,
          watched_directory: byLink ? watched(folder) : undefined,
        },
        resource_api_version: "V3",
        initial_fetch_timeout: note("No request is served without the filter, however long it takes.", "0s"),
      },
      type_urls: [wasmTypes[kind]],
    },
  };
}

function watched(folder: string): Tree {
  return note("The files are links that stay; what changes is the link behind them, in this folder.", {
    path: folder,
  });
}

/** The file in which Envoy finds a filter. The version is what Envoy shows of it; it changes nothing by itself. */
export function discoveredFile(plugin: Plugin, version: string, heading: string): string {
  const { name, typed_config } = wasmFilter(plugin) as { name: string; typed_config: Tree };
  const resource = { "@type": resourceType, name, typed_config };
  return toYaml({ version_info: version, resources: [resource] }, heading);
}

/**
 * Names what runs: the module's hash, and a hash of all the rest. Equal versions mean equal filters, so Envoy's answer to
 * which version is live says which module and which configuration are.
 */
export function versionOf(plugin: Plugin, moduleHash: string): string {
  const rest = toYaml(wasmFilter({ ...plugin, wasmPath: "" }), "");
  return `${moduleHash}-${shortHash(rest)}`;
}

/** Who asks: Envoy wants to know that of itself before it watches anything. */
export function nodeOf(discovery: Discovery | undefined, name: string): Tree | undefined {
  return discovery && { id: name, cluster: name };
}
