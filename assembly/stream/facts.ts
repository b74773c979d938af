import { utf8 } from "../abi/wire";
import { flag, integer, text } from "../host/property-values";

// What the host knows of a stream beside its headers, in groups that hold nothing: each read asks the host. A text is null
// and a number 0 while the host has none; each group says when that is.

/** One side of the client's connection. From the beginning to the end of a stream. */
@unmanaged
export class Endpoint {
  /** Address with its port: `10.0.0.7:41522`. */
  get address(): string | null {
    return text(this.isSource ? utf8("source.address") : utf8("destination.address"));
  }

  get port(): i32 {
    return <i32>integer(this.isSource ? utf8("source.port") : utf8("destination.port"));
  }

  private get isSource(): bool {
    return changetype<usize>(this) == 1;
  }
}

/** The client's connection. From the beginning to the end of a stream; certificates and the like with TLS only. */
@unmanaged
export class ConnectionFacts {
  /** The host's number for it: streams of one connection have it in common. */
  get id(): u64 {
    return <u64>integer(utf8("connection.id"));
  }

  /** Whether the client has shown a certificate. */
  get mtls(): bool {
    return flag(utf8("connection.mtls"));
  }

  /** For example `TLSv1.3`. */
  get tlsVersion(): string | null {
    return text(utf8("connection.tls_version"));
  }

  /** The name that the client asked for when it connected (SNI); "" or null where it asked for none. */
  get requestedServerName(): string | null {
    return text(utf8("connection.requested_server_name"));
  }

  /** Subject of the client's certificate: `O=org,CN=client1`. */
  get subjectPeerCertificate(): string | null {
    return text(utf8("connection.subject_peer_certificate"));
  }

  get subjectLocalCertificate(): string | null {
    return text(utf8("connection.subject_local_certificate"));
  }

  /** First DNS name of the client's certificate. */
  get dnsSanPeerCertificate(): string | null {
    return text(utf8("connection.dns_san_peer_certificate"));
  }

  get dnsSanLocalCertificate(): string | null {
    return text(utf8("connection.dns_san_local_certificate"));
  }

  /** First URI of the client's certificate: `spiffe://td/ns/a/sa/b`. */
  get uriSanPeerCertificate(): string | null {
    return text(utf8("connection.uri_san_peer_certificate"));
  }

  get uriSanLocalCertificate(): string | null {
    return text(utf8("connection.uri_san_local_certificate"));
  }

  /** In hexadecimal digits. */
  get sha256PeerCertificateDigest(): string | null {
    return text(utf8("connection.sha256_peer_certificate_digest"));
  }
}

/** The upstream host. Once it is chosen: from the request's body or the response on. */
@unmanaged
export class UpstreamFacts {
  /** Address with its port. */
  get address(): string | null {
    return text(utf8("upstream.address"));
  }

  get port(): i32 {
    return <i32>integer(utf8("upstream.port"));
  }

  /** The proxy's own end of the connection. From response headers on. */
  get localAddress(): string | null {
    return text(utf8("upstream.local_address"));
  }

  /** How often it was tried; 0 before the first time. */
  get attempts(): i32 {
    return <i32>integer(utf8("upstream.request_attempt_count"));
  }

  /** Why the connection failed; "" where it did not. */
  get transportFailureReason(): string | null {
    return text(utf8("upstream.transport_failure_reason"));
  }

  /** How long the stream waited for a connection, in nanoseconds. From response headers on. */
  get connectionWait(): i64 {
    return integer(utf8("upstream.cx_pool_ready_duration"));
  }
}

/** Where the stream goes. From request headers on; after `x.clearRouteCache()` the route that is chosen anew. */
@unmanaged
export class RouteFacts {
  /** The route's name; "" where it has none. */
  get name(): string | null {
    return text(utf8("xds.route_name"));
  }

  get cluster(): string | null {
    return text(utf8("xds.cluster_name"));
  }

  get virtualHost(): string | null {
    return text(utf8("xds.virtual_host_name"));
  }

  get filterChain(): string | null {
    return text(utf8("xds.filter_chain_name"));
  }

  /** 1 for traffic that comes in, 2 for traffic that goes out, 0 where the listener does not say. */
  get direction(): i32 {
    return <i32>integer(utf8("xds.listener_direction"));
  }
}
