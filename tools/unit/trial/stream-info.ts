import { UserError } from "../../errors.js";
import type { StreamInfo } from "../../emulator/index.js";

/** Properties that a spec can set, and the fact about a stream that each stands for. */
const FACTS: Record<string, keyof StreamInfo> = {
  "source.address": "sourceAddress",
  "source.port": "sourcePort",
  "destination.address": "destinationAddress",
  "destination.port": "destinationPort",
  "upstream.address": "upstreamAddress",
  "upstream.port": "upstreamPort",
  "request.protocol": "protocol",
  "connection.id": "connectionId",
  "connection.requested_server_name": "requestedServerName",
  "connection.subject_peer_certificate": "subjectPeerCertificate",
  "connection.uri_san_peer_certificate": "uriSanPeerCertificate",
  "connection.dns_san_peer_certificate": "dnsSanPeerCertificate",
  "xds.route_name": "routeName",
  "xds.cluster_name": "clusterName",
  "xds.virtual_host_name": "virtualHostName",
  "xds.filter_chain_name": "filterChainName",
};

const NUMBERS: readonly string[] = ["source.port", "destination.port", "upstream.port", "connection.id"];

/** Adds a property to what the host will know of a stream. */
export function withProperty(info: StreamInfo, path: string, value: string): StreamInfo {
  const fact = FACTS[path];
  if (fact === undefined) {
    throw new UserError(`Trial.property: cannot set ${path}`, `one of ${Object.keys(FACTS).join(", ")}`);
  }
  return { ...info, [fact]: NUMBERS.includes(path) ? Number(value) : value };
}
