import type { FailurePolicy } from "../traffic/host.js";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A filter's `filter.yaml`, checked and with its defaults filled in. */
export interface Manifest {
  /** Absolute path of the manifest. */
  path: string;
  /** Absolute path of the folder that holds it, and the filter's source. */
  folder: string;
  name: string;
  summary: string;
  /** As written; `{ file: … }` and `{ env: … }` are still in it. */
  configuration: JsonObject | undefined;
  rootId: string;
  failurePolicy: FailurePolicy;
  streamIdleTimeoutMs: number | undefined;
  allowOnHeadersStopIteration: boolean;
  /** Names of the host's environment variables that the filter may read. */
  environment: string[];
  /** All that the filter may do, by groups; null where the manifest sets no bounds. */
  ceiling: Ceiling | null;
  /** The clusters that the filter calls, by their names. */
  callees: Record<string, Place>;
  demo: Demo | undefined;
}

/** A manifest's `capabilities`. */
export interface Ceiling {
  groups: readonly string[];
  /** Where they stand in the manifest; the first line is 1. */
  line: number;
}

/** Where a server is, and what it speaks. */
export interface Place {
  address: string;
  port: number;
  protocol: "http1" | "http2";
}

/** What `npm start` shows of a filter. */
export interface Demo {
  /** What the clusters that the filter calls answer there, in the form of a traffic case. */
  callees?: Record<string, unknown>;
  /** What a request must carry to get past this filter, for the demo of a later one. */
  pass?: { headers?: Headers };
  requests: DemoRequest[];
}

/** One exchange, in the form of a traffic case. */
export interface DemoRequest {
  name: string;
  protocol?: ("http1" | "http2")[];
  send: Sent & { method?: string; path?: Bytes };
  respond?: Sent & { status?: number };
  client: Seen & { status?: number };
  upstream?: (Seen & { method?: string; path?: string }) | "none";
}

interface Sent {
  headers?: Headers;
  body?: Bytes;
  chunks?: Bytes[];
  trailers?: Headers;
}

interface Seen {
  headers?: Headers;
  without?: string[];
  body?: Bytes;
  trailers?: Headers;
}

/** Text, base64 for bytes that are not UTF-8, or what stands for a text that is made, as a traffic case has it. */
export type Bytes = string | { base64: string } | { jwt: object; prefix?: string };
export type Headers = Record<string, Bytes | Bytes[]> | [string, Bytes][];
