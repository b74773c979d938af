import { toYaml } from "../../tools/envoy/yaml.js";
import type { Tree } from "../../tools/envoy/yaml.js";

const TYPE = "type.googleapis.com/envoy.extensions.filters";
const POWERED_BY = "x-powered-by";

/** Native filter that does what W1 does. */
export const nativeW1: Tree = {
  name: "native",
  typed_config: {
    "@type": `${TYPE}.http.header_mutation.v3.HeaderMutation`,
    mutations: {
      request_mutations: [append("x-seen", "%REQ(user-agent)%")],
      response_mutations: [append("x-wasm", "ok"), { remove: POWERED_BY }],
    },
  },
};

function append(key: string, value: string): Tree {
  return { append: { header: { key, value }, append_action: "APPEND_IF_EXISTS_OR_ADD" } };
}

/**
 * Bootstrap with one listener for each chain of filters, all on ports that the system chooses.
 * The upstream is a direct response "hi" with a header for W1 to remove; below /echo it shows the request's x-seen and x-consumer.
 */
export function benchBootstrap(chains: ReadonlyMap<string, readonly Tree[]>): string {
  const listeners = [...chains].map(([name, filters]) => listener(name, filters));
  return toYaml({ admin: { address: anyPort() }, static_resources: { listeners } }, "meshscript bench");
}

function listener(name: string, filters: readonly Tree[]): Tree {
  const manager = {
    "@type": `${TYPE}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: name,
    route_config: { virtual_hosts: [{ name: "all", domains: ["*"], routes: routes() }] },
    http_filters: [...filters, router()],
  };
  return {
    name,
    address: anyPort(),
    filter_chains: [{ filters: [{ name: "http", typed_config: manager }] }],
  };
}

function routes(): Tree[] {
  const answer = { status: 200, body: { inline_string: "hi" } };
  const poweredBy = { header: { key: POWERED_BY, value: "envoy-lab" } };
  const echo = ["seen", "consumer"].map((name) => ({
    header: { key: `x-echo-${name}`, value: `%REQ(x-${name})%` },
  }));
  return [
    { match: { prefix: "/echo" }, direct_response: answer, response_headers_to_add: [poweredBy, ...echo] },
    { match: { prefix: "/" }, direct_response: answer, response_headers_to_add: [poweredBy] },
  ];
}

function router(): Tree {
  return { name: "router", typed_config: { "@type": `${TYPE}.http.router.v3.Router` } };
}

function anyPort(): Tree {
  return { socket_address: { address: "127.0.0.1", port_value: 0 } };
}
