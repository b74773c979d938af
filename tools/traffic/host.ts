/** A filter as a host loads it: one module with one configuration. */
export interface FilterInstance {
  name: string;
  /** Path of the compiled module. */
  wasm: string;
  /** Chooses among the filters of a bundle; "" for a module's only filter. */
  rootId: string;
  /** Exactly the text that the plugin is handed; "" for none. */
  configuration: string;
  /** What the VM's environment shows. */
  environment: Record<string, string>;
  options: HostOptions;
}

export interface HostOptions {
  failurePolicy?: FailurePolicy;
  streamIdleTimeoutMs?: number;
  allowOnHeadersStopIteration?: boolean;
  /** Replaces the generated VM id; two filters with one id share a VM. */
  vmId?: string;
  /** Exactly the text that the VM is handed; none unless given. */
  vmConfiguration?: string;
  /** Groups of host functions and callbacks: the module gets none beyond them, whatever it asks for. All unless given. */
  ceiling?: readonly string[];
  /** Loads the module without a capability list, so that each of its callbacks is called. */
  fullCallbacks?: boolean;
}

export type FailurePolicy = "FAIL_RELOAD" | "FAIL_CLOSED" | "FAIL_OPEN";
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

export interface CalleeAddress {
  /** A name or an IP address; loopback unless given. */
  address?: string;
  port: number;
  protocol: "http1" | "http2";
}

export interface HostSetup {
  /** In the order in which a request meets them. */
  chain: FilterInstance[];
  upstream: { port: number; protocol: "http1" | "http2" };
  /** Where filters' own calls go, by the names of clusters. Where nobody listens, the callee is down. */
  callees?: Record<string, CalleeAddress>;
  /** A free one unless given. */
  port?: number;
  logLevel?: LogLevel;
}

/**
 * Counters and gauges of the filters by name, histograms by how many values they have, as `<name>_count`. Tags stand behind
 * the name as the library writes them.
 */
export type Metrics = Record<string, number>;

export interface Running {
  /** Answers HTTP/1.1 and HTTP/2 with prior knowledge on 127.0.0.1. */
  readonly port: number;
  /**
   * What the filters logged, oldest first: level, a blank, the text. Among it the host's word that a filter called what it
   * may not, with the filter's name where that is known.
   */
  logs(): readonly string[];
  /** What the filters counted so far. */
  metrics(): Promise<Metrics>;
  /** What of the ABI was made use of since this was asked last, by name; only an emulator can tell. */
  exercised?(): string[];
  /** Ends the host and everything it started. */
  stop(): Promise<void>;
}

/** A refusal lists the configuration's problems, or the host's own reason where there are none. */
export type Started = { refused: true; problems: string[] } | { refused: false; running: Running };

/** What traffic cases know of a host. */
export interface Host {
  readonly name: string;
  /** Shown in reports, for example Envoy's own version line. */
  version(): Promise<string>;
  start(setup: HostSetup): Promise<Started>;
}
