import { utf8 } from "../bytes.js";
import type { HeaderMap } from "../http/header-map.js";
import type { RootContext } from "../root-context.js";
import type { StreamState } from "../stream-state.js";
import { connectionParts, onceChosen, opaque } from "./connection.js";
import { messageParts } from "./messages.js";
import { metadataProperty } from "./metadata.js";
import { pluginParts, xdsParts } from "./plugin.js";
import { fields, type Property, type PropertyTree } from "./tree.js";

/** The maps that a stream context can see at the moment. */
export interface VisibleMaps {
  request: HeaderMap | null;
  response: HeaderMap | null;
  responseTrailers: HeaderMap | null;
  /** The stream is over: durations are known. */
  logging: boolean;
}

/** Everything that Envoy tells a filter about a stream, under Envoy's names. */
export function streamProperties(root: RootContext, state: StreamState, maps: VisibleMaps): PropertyTree {
  const parts: Record<string, () => Property> = {
    ...pluginParts(root),
    ...messageParts(state, maps),
    ...connectionParts(state),
    xds: () => fields(routeParts(state)),
    metadata: () => metadataProperty(state.info.metadata),
    filter_state: () => ({ get: (name) => state.filterState.get(name) }),
  };
  const own = fields(parts);
  return { get: (name) => own.get(name) ?? state.filterState.own(name) };
}

function routeParts(state: StreamState): Record<string, () => Property> {
  const { info, routed } = state;
  return {
    ...xdsParts(),
    cluster_name: () => (routed ? utf8(info.clusterName) : undefined),
    route_name: () => (routed ? utf8(info.routeName) : undefined),
    virtual_host_name: () => utf8(info.virtualHostName),
    filter_chain_name: () => utf8(info.filterChainName),
    listener_direction: () => 0n,
    cluster_metadata: () => metadataProperty(),
    route_metadata: () => metadataProperty(),
    virtual_host_metadata: () => metadataProperty(),
    listener_metadata: () => metadataProperty(),
    upstream_host_metadata: () => onceChosen(state, () => opaque),
    upstream_host_locality_metadata: () => onceChosen(state, () => opaque),
  };
}
