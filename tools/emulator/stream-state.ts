import type { Clock } from "./clock.js";
import { FilterState } from "./properties/filter-state.js";
import type { StreamInfo } from "./types.js";

const plainInfo: Required<StreamInfo> = {
  protocol: "HTTP/1.1",
  sourceAddress: "127.0.0.1",
  sourcePort: 40000,
  destinationAddress: "127.0.0.1",
  destinationPort: 10000,
  connectionId: 0,
  requestedServerName: "",
  subjectPeerCertificate: "",
  uriSanPeerCertificate: "",
  dnsSanPeerCertificate: "",
  upstreamAddress: "127.0.0.1",
  upstreamPort: 8080,
  routeName: "",
  clusterName: "upstream",
  virtualHostName: "all",
  filterChainName: "",
  metadata: {},
};

interface UpstreamNews {
  chosen: boolean;
  answered: boolean;
  /** The proxy's own end of a TCP connection: "ip:port". */
  localAddress?: string;
  /** How long connecting took, in nanoseconds; known of TCP connections. */
  connectedAfter?: bigint;
}

/** What becomes known of a stream while it runs. All its filters share one. */
export class StreamState {
  readonly info: Required<StreamInfo>;
  readonly startedAt: bigint;
  readonly filterState = new FilterState();
  readonly upstream: UpstreamNews = { chosen: false, answered: false };
  /** False: filters left the request in a form for which there is no route. */
  routed = true;
  bytesReceived = 0;
  bytesSent = 0;
  responseCode: number | null = null;
  codeDetails: string | null = null;
  /** Envoy's response flags as a bit field. */
  flags = 0n;
  /** How long the upstream took to answer to the end, in nanoseconds. */
  backendLatency: bigint | null = null;

  constructor(
    private readonly clock: Clock,
    info: StreamInfo,
  ) {
    this.info = { ...plainInfo, ...info };
    this.startedAt = clock.now();
  }

  now(): bigint {
    return this.clock.now();
  }

  /** A byte string: blanks become underscores, as in Envoy's logs. */
  setDetails(details: string): void {
    this.codeDetails = details.replace(/\s/g, "_");
  }

  upstreamAnswered(status: number): void {
    this.upstream.chosen = true;
    this.responseCode = status;
    this.codeDetails = "via_upstream";
    this.upstream.answered = true;
    this.upstream.localAddress ??= "127.0.0.1:50000";
    this.upstream.connectedAfter ??= 0n;
  }

  /** The last byte of its answer came. */
  upstreamEnded(): void {
    this.backendLatency = this.clock.now() - this.startedAt;
  }
}
