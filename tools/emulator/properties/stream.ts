import { utf8 } from "../bytes.js";
import type { HeaderMap } from "../http/header-map.js";
import type { RootContext } from "../root-context.js";
import type { StreamState } from "../stream-state.js";
import { messageParts } from "./messages.js";
import { pluginParts, xdsParts } from "./plugin.js";
import { emptyMessage, fields, textMap, type Property, type PropertyTree } from "./tree.js";

/** The maps that a stream context can see at the moment. */
export interface VisibleMaps {
  request: HeaderMap | null;
  response: HeaderMap | null;
  responseTrailers: HeaderMap | null;
  /** The stream is over: durations are known. */
  logging: boolean;
}

const filterStatePrefix = "wasm.";

/** Everything that Envoy tells a filter about a stream, under Envoy's names. */
export function streamProperties(root: RootContext, state: StreamState, maps: VisibleMaps): PropertyTree {
  const parts: Record<string, () => Property> = {
    ...pluginParts(root),
    ...messageParts(state, maps),
    ...connectionParts(state),
    xds: () => fields(routeParts(state)),
    metadata: () => emptyMessage({ filter_metadata: () => metadata(state) }),
    filter_state: () => ({ get: (name) => state.filterState.get(name) }),
  };
  const own = fields(parts);
  return { get: (name) => own.get(name) ?? state.filterState.get(filterStatePrefix + name) };
}

function connectionParts({ info, upstream }: StreamState): Record<string, () => Property> {
  const address = (host: string, port: number) => () => utf8(`${host}:${port}`);
  return {
    source: () =>
      fields({
        address: address(info.sourceAddress, info.sourcePort),
        port: () => BigInt(info.sourcePort),
      }),
    destination: () =>
      fields({
        address: address(info.destinationAddress, info.destinationPort),
        port: () => BigInt(info.destinationPort),
      }),
    connection: () =>
      fields({
        id: () => BigInt(info.connectionId),
        mtls: () => false,
        requested_server_name: () => utf8(info.requestedServerName),
      }),
    connection_id: () => BigInt(info.connectionId),
    upstream: () =>
      fields({
        address: () => (upstream.chosen ? utf8(`${info.upstreamAddress}:${info.upstreamPort}`) : undefined),
        port: () => (upstream.chosen ? BigInt(info.upstreamPort) : undefined),
        request_attempt_count: () => (upstream.chosen ? 1n : 0n),
        transport_failure_reason: () => (upstream.chosen ? "" : undefined),
        locality: () => (upstream.chosen ? emptyMessage() : undefined),
      }),
  };
}

function routeParts({ info }: StreamState): Record<string, () => Property> {
  return {
    ...xdsParts(),
    cluster_name: () => utf8(info.clusterName),
    route_name: () => utf8(info.routeName),
    virtual_host_name: () => utf8(info.virtualHostName),
    filter_chain_name: () => utf8(info.filterChainName),
    listener_direction: () => 0n,
    cluster_metadata: () => emptyMessage(),
    route_metadata: () => emptyMessage(),
    virtual_host_metadata: () => emptyMessage(),
    listener_metadata: () => emptyMessage(),
  };
}

/** Without the whole of a name space, whose protobuf form nobody has needed yet. */
function metadata({ info }: StreamState): PropertyTree {
  const spaces = Object.entries(info.metadata);
  const parts = spaces.map(([name, values]) => [name, () => fields(valueParts(values))] as const);
  return fields(Object.fromEntries(parts), spaces.length === 0 ? textMap([]).whole : undefined);
}

function valueParts(values: Record<string, string | number | boolean>): Record<string, () => Property> {
  const plain = (value: string | number | boolean) => (typeof value === "string" ? utf8(value) : value);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, () => plain(value)]));
}
