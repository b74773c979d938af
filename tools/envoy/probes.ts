import type { Endpoint } from "./bootstrap.js";
import { managerType, routerType } from "./listener.js";
import { freePort, socketAddress } from "./parts.js";
import type { Tree } from "./yaml.js";

/** What of the admin interface others may see: whether Envoy is ready, and its metrics. */
const shown = ["/ready", "/stats/prometheus"];
const cluster = "envoy_admin";

/**
 * A listener that answers with what the admin interface says to a few paths. The interface itself can stop Envoy and
 * shows all of its configuration, so it stays on loopback.
 */
export function probeListener(probes: Endpoint): Tree {
  return {
    name: "probes",
    address: socketAddress(probes),
    enable_reuse_port: freePort(),
    filter_chains: [
      {
        filters: [
          { name: "envoy.filters.network.http_connection_manager", typed_config: connectionManager() },
        ],
      },
    ],
  };
}

function connectionManager(): Tree {
  const routes = shown.map((path) => ({ match: { path }, route: { cluster } }));
  return {
    "@type": managerType,
    stat_prefix: "probes",
    route_config: { name: "probes", virtual_hosts: [{ name: "probes", domains: ["*"], routes }] },
    http_filters: [{ name: "envoy.filters.http.router", typed_config: { "@type": routerType } }],
  };
}

/** The admin interface as a place that a listener can send requests to. */
export function adminCluster(admin: Endpoint): Tree {
  return {
    name: cluster,
    type: "STATIC",
    connect_timeout: "1s",
    load_assignment: {
      cluster_name: cluster,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(admin) } }] }],
    },
  };
}
