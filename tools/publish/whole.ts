import { dirname, join, normalize } from "node:path";
import { parse } from "yaml";
import type { Speaker } from "../envoy/filter-log.js";

/** A bootstrap in which the filters stand themselves, as `envoy --mode validate` has to see them: it watches no files. */
export interface WholeBootstrap {
  /** JSON, which is YAML too. */
  text: string;
  filters: Speaker[];
  /** Names of the variables of Envoy's environment that the filters read. */
  variables: string[];
  /** The same with one of the filters alone. */
  only(name: string): WholeBootstrap;
}

interface Filter {
  name: string;
  config_discovery?: { config_source: { path_config_source: { path: string } } };
  typed_config?: { http_filters?: Filter[]; config?: PluginConfig };
}

interface PluginConfig {
  root_id?: string;
  vm_config: { vm_id: string; environment_variables?: { host_env_keys?: string[] } };
}

interface Bootstrap {
  static_resources: { listeners: { filter_chains: { filters: Filter[] }[] }[] };
}

/** `files` are those of the version; `path` is the bootstrap among them. */
export function wholeBootstrap(files: Record<string, string>, path: string): WholeBootstrap {
  return wholeOf(files, path, () => true);
}

function wholeOf(
  files: Record<string, string>,
  path: string,
  wanted: (name: string) => boolean,
): WholeBootstrap {
  // Envoy's YAML is the old one, in which `yes` is no text.
  const read = (file: string) => parse(files[file]!, { version: "1.1" });
  const bootstrap: Bootstrap = read(path);
  const found: Filter[] = [];
  const filled = (filters: Filter[]): Filter[] =>
    filters.flatMap((filter) => {
      if (!filter.config_discovery) return [filter];
      if (!wanted(filter.name)) return [];
      const file = filter.config_discovery.config_source.path_config_source.path;
      const { name, typed_config }: Filter = read(normalize(join(dirname(path), file))).resources[0];
      found.push({ name, typed_config });
      return [{ name, typed_config }];
    });
  for (const chain of bootstrap.static_resources.listeners.flatMap((listener) => listener.filter_chains)) {
    chain.filters = filled(chain.filters);
    for (const { typed_config } of chain.filters)
      if (typed_config?.http_filters) typed_config.http_filters = filled(typed_config.http_filters);
  }
  return {
    text: JSON.stringify(bootstrap),
    filters: found.map(speakerOf),
    variables: found.flatMap(variablesOf),
    only: (one) => wholeOf(files, path, (name) => name === one),
  };
}

function speakerOf({ name, typed_config }: Filter): Speaker {
  const config = typed_config!.config!;
  return { name, rootId: config.root_id ?? "", vmId: config.vm_config.vm_id };
}

function variablesOf({ typed_config }: Filter): string[] {
  return typed_config!.config!.vm_config.environment_variables?.host_env_keys ?? [];
}
