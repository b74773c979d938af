import type { Bytes } from "../bytes.js";
import type { Callee, CalledExpectation } from "../callees/types.js";
import type { HostOptions, Metrics } from "../host.js";
import type { Step } from "../tcp/steps.js";
import type { Protocol, Request, Response } from "../wire/message.js";

/** A traffic file as it is played: defaults filled in, texts turned into bytes. */
export interface TrafficFile {
  path: string;
  documents: TrafficDocument[];
}

/** One configuration of one filter or chain, and the cases that it is held to. */
export interface TrafficDocument {
  /** Where the document begins in its file, counted from 1. */
  line: number;
  /** In the order in which a request meets them. */
  chain: Link[];
  upstreamProtocol: Protocol;
  /** The problems for which a host must refuse the configuration; null when it must start. */
  rejected: string[] | null;
  /** Clusters that filters call. */
  callees: Record<string, Callee>;
  cases: TrafficCase[];
}

export interface Link {
  /** Name of a filter, or a path to its folder. */
  filter: string;
  /** Chooses among the filters of a bundle; null for the module's own choice. */
  rootId: string | null;
  /** Exactly the text that the plugin is handed. */
  configuration: string;
  environment: Record<string, string>;
  options: HostOptions;
}

export interface TrafficCase {
  name: string;
  line: number;
  protocols: Protocol[];
  repeat: number;
  timeoutMs: number | null;
  /** Hosts that cannot play this case, and why. */
  cannot: Record<string, string>;
  send: Request;
  /** Makes the request anew, with credentials of that moment; null where it holds none that are made. */
  remake: (() => Request) | null;
  respond: Response;
  client: ClientExpectation | null;
  /** "none": nothing at all may reach the upstream; null: not looked at. */
  upstream: UpstreamExpectation | "none" | null;
  /** What callees answer in place of what the document says. */
  callees: Record<string, Response[]>;
  called: Record<string, CalledExpectation>;
  logs: LogExpectation;
  /** What is played afterwards on the same host, one after the other. */
  then: { waitMs: number; case: TrafficCase }[];
  /** By how much metrics change meanwhile, by name. */
  metrics: Metrics;
  /** What happens on TCP connections, step by step; null for a case about HTTP. */
  tcp: Step[] | null;
}

export type Match =
  | { kind: "equals"; bytes: Bytes }
  | { kind: "contains"; bytes: Bytes }
  | { kind: "matches"; pattern: RegExp };

/** Exactly these value lines, in this order. */
export interface HeaderExpectation {
  name: string;
  values: Match[];
}

export interface MessageExpectation {
  headers: HeaderExpectation[];
  /** Names of which no line may be there. */
  without: string[];
  body: Match | null;
  trailers: HeaderExpectation[];
  /** The message must end before it is complete. */
  cut: boolean;
}

export interface ClientExpectation extends MessageExpectation {
  status: number | null;
  /** 1xx statuses before the answer, in order. */
  informational: number[] | null;
}

export interface UpstreamExpectation extends MessageExpectation {
  method: string | null;
  path: Match | null;
}

export interface LogExpectation {
  /** Each must be found in a line of its own or a shared one. */
  has: Match[];
  /** Texts that no line may contain. */
  without: string[];
}
