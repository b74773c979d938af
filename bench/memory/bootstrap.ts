import { toYaml } from "../../tools/envoy/yaml.js";
import type { Tree } from "../../tools/envoy/yaml.js";

const TYPE = "type.googleapis.com/envoy.extensions.filters";
const FILTER_TYPE = "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm";

/** Name of the filter in Envoy's statistics. */
export const FILTER = "watched";
/** Names of the listeners. */
export const [FILTERED, CALLEE] = ["filtered", "callee"] as const;

/** Has Envoy answer only when it has seen all of the request: else the filter would meet no bodies. */
const buffering: Tree = {
  name: "buffer",
  typed_config: { "@type": `${TYPE}.http.buffer.v3.Buffer`, max_request_bytes: 65536 },
};

/**
 * Bootstrap with one listener whose only filter is read from `file`, which Envoy watches, and answers 200 "hi" itself; and
 * one that answers what the filter asks, on `calleePort`.
 */
export function memoryBootstrap(file: string, calleePort: number): string {
  const discovered = {
    name: FILTER,
    config_discovery: {
      config_source: { path_config_source: { path: file }, resource_api_version: "V3" },
      type_urls: [FILTER_TYPE],
    },
  };
  const listeners = [
    listener(FILTERED, 0, [discovered, buffering], "hi"),
    listener(CALLEE, calleePort, [], "answer"),
  ];
  const resources = { listeners, clusters: [cluster(CALLEE, calleePort)] };
  const node = { id: "bench", cluster: "bench" };
  return toYaml({ node, admin: { address: at(0) }, static_resources: resources }, "meshscript bench");
}

/** What stands in the file: the filter as our own generator writes it. */
export function discovery(filter: Tree): string {
  const { typed_config: config } = filter as { typed_config: Tree };
  const type = "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig";
  return toYaml({ resources: [{ "@type": type, name: FILTER, typed_config: config }] }, "meshscript bench");
}

function listener(name: string, port: number, filters: readonly Tree[], body: string): Tree {
  const routes = [
    { match: { prefix: "/" }, direct_response: { status: 200, body: { inline_string: body } } },
  ];
  const manager = {
    "@type": `${TYPE}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: name,
    route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes }] },
    http_filters: [
      ...filters,
      { name: "router", typed_config: { "@type": `${TYPE}.http.router.v3.Router` } },
    ],
  };
  return { name, address: at(port), filter_chains: [{ filters: [{ name: "http", typed_config: manager }] }] };
}

function cluster(name: string, port: number): Tree {
  const endpoints = [{ lb_endpoints: [{ endpoint: { address: at(port) } }] }];
  return { name, connect_timeout: "5s", load_assignment: { cluster_name: name, endpoints } };
}

function at(port: number): Tree {
  return { socket_address: { address: "127.0.0.1", port_value: port } };
}
