import type { BootstrapOptions } from "./bootstrap.js";
import { chainFilters } from "./discovery.js";
import { freePort, http1Options, seconds, socketAddress } from "./parts.js";
import { note, type Tree } from "./yaml.js";

export const managerType =
  "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
export const routerType = "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router";
const defaultIdleMs = 15_000;
const defaultRouteMs = 15_000;

/** Accepts HTTP/1.1 and HTTP/2 with prior knowledge, and sends everything through the chain to the upstream. */
export function listener(options: BootstrapOptions): Tree {
  return {
    name: "http",
    address: socketAddress(options.listen),
    enable_reuse_port: freePort(),
    filter_chains: [
      {
        filters: [
          { name: "envoy.filters.network.http_connection_manager", typed_config: connectionManager(options) },
        ],
      },
    ],
  };
}

function connectionManager(options: BootstrapOptions): Tree {
  return {
    "@type": managerType,
    stat_prefix: "http",
    codec_type: "AUTO",
    ...edge(options.http1Trailers ?? false),
    stream_idle_timeout: note(
      "Ends a stream that waits for ever on a crashed VM; keep it above the longest callout.",
      seconds(idleMs(options)),
    ),
    route_config: routes(options),
    http_filters: [
      ...chainFilters(options.chain, options.discovery),
      { name: "envoy.filters.http.router", typed_config: { "@type": routerType } },
    ],
  };
}

/** Clients are not trusted: neither in what they say about their address nor in how they spell a path. */
function edge(trailers: boolean): { [key: string]: Tree } {
  return {
    use_remote_address: note("The connection's address counts, not what a client claims.", true),
    normalize_path: note("Filters and upstream see one spelling of a path.", true),
    merge_slashes: true,
    path_with_escaped_slashes_action: "REJECT_REQUEST",
    common_http_protocol_options: {
      headers_with_underscores_action: note(
        "x_user and x-user are one header to many upstreams.",
        "REJECT_REQUEST",
      ),
    },
    ...(trailers ? { http_protocol_options: http1Options(true) } : {}),
  };
}

/** Each filter's timeout is above its own longest callout, so the chain needs the longest of them. */
function idleMs({ chain, streamIdleTimeoutMs }: BootstrapOptions): number {
  const stated = chain.map((plugin) => plugin.streamIdleTimeoutMs).filter((ms) => ms !== undefined);
  return streamIdleTimeoutMs ?? (stated.length > 0 ? Math.max(...stated) : defaultIdleMs);
}

function routes({ routeTimeoutMs }: BootstrapOptions): Tree {
  const route = { cluster: "upstream", timeout: seconds(routeTimeoutMs ?? defaultRouteMs) };
  return {
    name: "all",
    virtual_hosts: [{ name: "all", domains: ["*"], routes: [{ match: { prefix: "/" }, route }] }],
  };
}
