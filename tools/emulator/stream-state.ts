import type { Clock } from "./clock.js";
import type { StreamInfo } from "./types.js";

const plainInfo: Required<StreamInfo> = {
  protocol: "HTTP/1.1",
  sourceAddress: "127.0.0.1",
  sourcePort: 40000,
  destinationAddress: "127.0.0.1",
  destinationPort: 10000,
  connectionId: 0,
  requestedServerName: "",
  upstreamAddress: "127.0.0.1",
  upstreamPort: 8080,
  routeName: "",
  clusterName: "upstream",
  virtualHostName: "all",
  filterChainName: "",
  metadata: {},
};

/** What becomes known of a stream while it runs. All its filters share one. */
export class StreamState {
  readonly info: Required<StreamInfo>;
  readonly startedAt: bigint;
  /** `wasm.<name>` as filters set it. */
  readonly filterState = new Map<string, string>();
  readonly upstream = { chosen: false, answered: false };
  bytesReceived = 0;
  bytesSent = 0;
  responseCode: number | null = null;
  codeDetails: string | null = null;
  /** Envoy's response flags as a bit field. */
  flags = 0n;
  #answeredAt = 0n;

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

  setFilterState(path: readonly string[], value: Uint8Array): void {
    this.filterState.set(`wasm.${path.join("\0")}`, Buffer.from(value).toString("latin1"));
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
    this.#answeredAt = this.clock.now();
  }

  backendLatency(): bigint {
    return this.#answeredAt - this.startedAt;
  }
}
