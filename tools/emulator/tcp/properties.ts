import { utf8 } from "../bytes.js";
import { pluginParts, xdsParts } from "../properties/plugin.js";
import { connectionParts } from "../properties/connection.js";
import { emptyMessage, fields, type Property, type PropertyTree } from "../properties/tree.js";
import type { RootContext } from "../root-context.js";
import type { StreamState } from "../stream-state.js";

/** Everything that Envoy tells a filter about a connection, under Envoy's names. */
export function connectionProperties(root: RootContext, state: StreamState): PropertyTree {
  const own = fields({
    ...pluginParts(root),
    ...connectionParts(state),
    upstream: () => upstreamParts(state),
    request: () => traffic(state.bytesReceived, { time: () => state.startedAt }),
    response: () => traffic(state.bytesSent, { flags: () => state.flags }),
    xds: () => fields(routeParts(state)),
    metadata: () => emptyMessage(),
    filter_state: () => ({ get: (name) => state.filterState.get(name) }),
  });
  return { get: (name) => own.get(name) ?? state.filterState.own(name) };
}

/** That nothing failed is known from the start. */
function upstreamParts(state: StreamState): PropertyTree {
  const { localAddress, connectedAfter } = state.upstream;
  const common = connectionParts(state).upstream!() as PropertyTree;
  const own = fields({
    local_address: () => localAddress && utf8(localAddress),
    cx_pool_ready_duration: () => connectedAfter,
    transport_failure_reason: () => "",
  });
  return { get: (name) => own.get(name) ?? common.get(name) };
}

/** What is known of a request or response where there are none: how many bytes there were. */
function traffic(bytes: number, others: Record<string, () => Property>): PropertyTree {
  const size = () => BigInt(bytes);
  return fields({ size, total_size: size, ...others });
}

/** A connection has a cluster once the upstream is connected, and never a route. */
function routeParts({ info, upstream }: StreamState): Record<string, () => Property> {
  return {
    ...xdsParts(),
    cluster_name: () => (upstream.chosen ? utf8(info.clusterName) : undefined),
    filter_chain_name: () => utf8(info.filterChainName),
    listener_direction: () => 0n,
    listener_metadata: () => emptyMessage(),
  };
}
