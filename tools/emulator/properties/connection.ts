import { utf8 } from "../bytes.js";
import type { StreamState } from "../stream-state.js";
import type { StreamInfo } from "../types.js";
import { emptyMessage, fields, Time, Unsigned, type Property, type PropertyTree } from "./tree.js";

/** What is known of the connections on both sides. */
export function connectionParts(state: StreamState): Record<string, () => Property> {
  const { info } = state;
  return {
    source: () => endpoint(info.sourceAddress, info.sourcePort),
    destination: () => endpoint(info.destinationAddress, info.destinationPort),
    connection: () =>
      fields({
        id: () => new Unsigned(BigInt(info.connectionId)),
        mtls: () => certificateOf(info) !== "",
        requested_server_name: () => utf8(info.requestedServerName),
        subject_peer_certificate: () => shown(info.subjectPeerCertificate),
        uri_san_peer_certificate: () => shown(info.uriSanPeerCertificate),
        dns_san_peer_certificate: () => shown(info.dnsSanPeerCertificate),
      }),
    connection_id: () => new Unsigned(BigInt(info.connectionId)),
    upstream: () => upstreamPart(state),
    upstream_filter_state: () => onceChosen(state, () => opaque),
  };
}

/** There, but without a form for guests. */
export const opaque: PropertyTree = { get: () => undefined };

export function onceChosen({ upstream }: StreamState, property: () => Property): Property {
  return upstream.chosen ? property() : undefined;
}

function certificateOf(info: Required<StreamInfo>): string {
  return info.subjectPeerCertificate + info.uriSanPeerCertificate + info.dnsSanPeerCertificate;
}

function shown(text: string): Property {
  return text === "" ? undefined : utf8(text);
}

function endpoint(address: string, port: number): PropertyTree {
  const host = address.includes(":") ? `[${address}]` : address;
  return fields({ address: () => utf8(`${host}:${port}`), port: () => BigInt(port) });
}

function upstreamPart(state: StreamState): PropertyTree {
  const { info, upstream } = state;
  const chosen = (property: () => Property) => () => onceChosen(state, property);
  const locality = () => emptyMessage({ region: () => "", zone: () => "", sub_zone: () => "" });
  return fields({
    address: chosen(() => utf8(`${info.upstreamAddress}:${info.upstreamPort}`)),
    port: chosen(() => BigInt(info.upstreamPort)),
    local_address: () => upstream.localAddress && utf8(upstream.localAddress),
    cx_pool_ready_duration: () =>
      upstream.connectedAfter === undefined ? undefined : new Time("duration", upstream.connectedAfter),
    request_attempt_count: () => new Unsigned(upstream.chosen ? 1n : 0n),
    num_endpoints: () => new Unsigned(1n),
    transport_failure_reason: chosen(() => ""),
    locality: chosen(locality),
  });
}
