import { freePort, socketAddress } from "../envoy/parts.js";
import type { Plugin } from "../envoy/plugin.js";
import { managerType, routerType } from "../envoy/listener.js";
import { upstreamCluster } from "../envoy/upstream.js";
import { wasmFilter } from "../envoy/wasm-filter.js";
import { toYaml, type Tree } from "../envoy/yaml.js";
import type { Pair, Variant } from "./pair.js";

/** Our filter of a variant, and Envoy's: two listeners that are alike in all else. */
export const sides = ["ours", "native"] as const;
export type Side = (typeof sides)[number];

export function listenerName(variant: Variant, side: Side): string {
  return `${variant.name} ${side}`;
}

/** `plugins` are our filters, variant by variant. */
export function bootstrapOf(pair: Pair, plugins: readonly Plugin[], upstreamPort: number): string {
  const listeners = pair.variants.flatMap((variant, at) => [
    listener(listenerName(variant, "ours"), variant, wasmFilter(plugins[at]!)),
    listener(listenerName(variant, "native"), variant, nativeFilter(pair, variant), perRoute(pair, variant)),
  ]);
  const upstream = upstreamCluster({
    chain: [],
    listen: { port: 0 },
    upstream: { port: upstreamPort },
  });
  return toYaml(
    {
      admin: { address: socketAddress({ port: 0 }) },
      static_resources: { listeners, clusters: [upstream] },
    },
    "",
  );
}

function nativeFilter({ native }: Pair, variant: Variant): Tree {
  return { name: native, typed_config: variant.native.filter };
}

function perRoute({ native }: Pair, variant: Variant): Tree | undefined {
  return variant.native.perRoute && { [native]: variant.native.perRoute };
}

function listener(name: string, variant: Variant, filter: Tree, policy?: Tree): Tree {
  return {
    name,
    address: socketAddress({ port: 0 }),
    enable_reuse_port: freePort(),
    filter_chains: [
      {
        filters: [
          {
            name: "envoy.filters.network.http_connection_manager",
            typed_config: {
              "@type": managerType,
              stat_prefix: "http",
              codec_type: "AUTO",
              use_remote_address: true,
              xff_num_trusted_hops: variant.trustedHops,
              ...(variant.bare ? {} : edge),
              route_config: routes(policy),
              http_filters: [
                filter,
                { name: "envoy.filters.http.router", typed_config: { "@type": routerType } },
              ],
            },
          },
        ],
      },
    ],
  };
}

/** As the generated configuration has it. */
const edge: { [key: string]: Tree } = {
  normalize_path: true,
  merge_slashes: true,
  path_with_escaped_slashes_action: "REJECT_REQUEST",
  common_http_protocol_options: { headers_with_underscores_action: "REJECT_REQUEST" },
};

function routes(policy: Tree | undefined): Tree {
  const route = { match: { prefix: "/" }, route: { cluster: "upstream" } };
  const host = { name: "all", domains: ["*"], routes: [route], typed_per_filter_config: policy };
  return { name: "all", virtual_hosts: [host] };
}
