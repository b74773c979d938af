import type { BootstrapOptions } from "./bootstrap.js";
import { chainFilters } from "./discovery.js";
import { freePort, seconds, socketAddress } from "./parts.js";
import { note, type Tree } from "./yaml.js";

const proxyType = "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";

/** Accepts TCP connections, and sends their bytes through the chain to the upstream. */
export function tcpListener(options: BootstrapOptions): Tree {
  return {
    name: "tcp",
    address: socketAddress(options.listen),
    enable_reuse_port: freePort(),
    filter_chains: [
      {
        filters: [
          ...chainFilters(options.chain, options.discovery),
          { name: "envoy.filters.network.tcp_proxy", typed_config: tcpProxy(options) },
        ],
      },
    ],
  };
}

function tcpProxy(options: BootstrapOptions): Tree {
  const idleMs = longestIdle(options);
  return {
    "@type": proxyType,
    stat_prefix: "tcp",
    cluster: "upstream",
    idle_timeout:
      idleMs === undefined ? undefined : note("Ends a connection on which nothing moves.", seconds(idleMs)),
  };
}

/** Unlike a request, a connection may rest: Envoy's own hour holds unless a filter states something else. */
function longestIdle({ chain, streamIdleTimeoutMs }: BootstrapOptions): number | undefined {
  const stated = chain.flatMap((plugin) => plugin.streamIdleTimeoutMs ?? []);
  return streamIdleTimeoutMs ?? (stated.length > 0 ? Math.max(...stated) : undefined);
}
