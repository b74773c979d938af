import { stringify } from "yaml";
import { parse } from "yaml";
import { generateBootstrap } from "../../../../tools/envoy/bootstrap.js";
import { plain } from "../../envoy/support/plugins.js";
import type { Resource } from "./resources.js";

const manager = "envoy.filters.network.http_connection_manager";

/**
 * The bootstrap of an Envoy that has what Istio makes of an EnvoyFilter: patches are applied as istiod applies them, and
 * each module that Istio's agent would pull is the local file that `moduleOf` names for its image.
 */
export function patched(envoyFilter: Resource, moduleOf: (image: string) => string): Resource {
  const patches: Resource[] = envoyFilter.spec.configPatches;
  const tcp = patches.some(
    ({ applyTo, patch }) => applyTo === "NETWORK_FILTER" && patch.operation !== "MERGE",
  );
  const bootstrap = unpatched(tcp);
  const [listener] = bootstrap.static_resources.listeners;
  const chain: Resource[] = listener.filter_chains[0].filters;
  const find = (name: string) => chain.find((one) => one.name === name);
  const extensions = patches
    .filter(({ applyTo }) => applyTo === "EXTENSION_CONFIG")
    .map(({ patch }) => patch.value);
  for (const { applyTo, match, patch } of patches) {
    const { filter } = match.listener?.filterChain ?? {};
    if (applyTo === "CLUSTER") bootstrap.static_resources.clusters.push(patch.value);
    if (patch.operation === "MERGE") Object.assign(find(filter.name).typed_config, patch.value.typed_config);
    if (patch.operation === "INSERT_FIRST" || patch.operation === "INSERT_BEFORE") {
      const list = applyTo === "HTTP_FILTER" ? find(manager).typed_config.http_filters : chain;
      const before = filter.subFilter?.name ?? filter.name;
      const at =
        patch.operation === "INSERT_FIRST" ? 0 : list.findIndex((one: Resource) => one.name === before);
      list.splice(at, 0, discovered(patch.value, extensions, moduleOf));
    }
  }
  return bootstrap;
}

function unpatched(tcp: boolean): Resource {
  const options = {
    listen: { port: 0 },
    upstream: { port: 9 },
    chain: [{ ...plain, kind: tcp ? ("tcp" as const) : ("http" as const) }],
  };
  const bootstrap = parse(generateBootstrap(options));
  const [{ filters }] = bootstrap.static_resources.listeners[0].filter_chains;
  if (tcp) filters.shift();
  else filters[0].typed_config.http_filters.shift();
  return bootstrap;
}

function discovered(
  { name, config_discovery }: Resource,
  extensions: Resource[],
  moduleOf: (image: string) => string,
) {
  const extension = extensions.find((one) => one.name === name);
  if (!config_discovery.type_urls.includes(extension.typed_config["@type"]))
    throw new Error(`${name}: another type`);
  const vm = extension.typed_config.config.vm_config;
  vm.code = { local: { filename: moduleOf(vm.code.remote.http_uri.uri.replace("oci://", "")) } };
  return extension;
}

export function asText(bootstrap: Resource): string {
  return stringify(bootstrap);
}
