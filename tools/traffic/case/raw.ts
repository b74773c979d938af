import type { RawCallee } from "../callees/types.js";
import type { RawMade } from "../mint/index.js";
import type { RawStep } from "../tcp/steps.js";

/** A traffic file's documents as the JSON Schema lets them through, before defaults. */
export type RawValue = string | RawMade;
export type RawMatch = string | { base64?: string; matches?: string; contains?: RawValue };
export type RawHeaders = Record<string, RawValue | RawValue[]> | [RawValue, RawValue][];
export type RawExpectedHeaders = Record<string, RawMatch | RawMatch[]> | [string, RawMatch][];

export interface RawLink {
  filter: string;
  root_id?: string;
  config?: unknown;
  environment?: Record<string, string>;
  options?: RawOptions;
}

export interface RawOptions {
  failure_policy?: "FAIL_RELOAD" | "FAIL_CLOSED" | "FAIL_OPEN";
  vm_id?: string;
  vm_configuration?: string;
  full_callbacks?: boolean;
  allow_on_headers_stop_iteration?: boolean;
  stream_idle_timeout?: string;
}

export interface RawDocument extends Partial<RawLink> {
  chain?: RawLink[];
  upstream_protocol?: "http1" | "http2";
  rejected?: string[];
  callees?: Record<string, RawCallee>;
  cases?: RawCase[];
}

export interface RawPayload {
  headers?: RawHeaders;
  body?: RawValue;
  chunks?: RawValue[];
  trailers?: RawHeaders;
}

export interface RawSend extends RawPayload {
  method?: string;
  path?: RawValue;
}

export interface RawRespond extends RawPayload {
  status?: number;
}

export interface RawExpectation {
  headers?: RawExpectedHeaders;
  without?: string[];
  body?: RawMatch;
  trailers?: RawExpectedHeaders;
  cut?: boolean;
}

export interface RawClient extends RawExpectation {
  status?: number;
  informational?: number[];
}

export interface RawUpstream extends RawExpectation {
  method?: string;
  path?: RawMatch;
}

export type RawLogs = (RawMatch | { without: string[] })[] | { without: string[] };

export type RawMoment = Omit<RawCase, "name" | "protocol" | "timeout" | "cannot" | "then" | "tcp"> & {
  wait?: string;
};

export interface RawCase {
  name: string;
  protocol?: "http1" | "http2" | ("http1" | "http2")[];
  repeat?: number;
  timeout?: string;
  cannot?: Record<string, string>;
  send?: RawSend;
  respond?: RawRespond;
  client?: RawClient;
  upstream?: RawUpstream | "none";
  callees?: Record<string, RawCallee>;
  called?: Record<string, RawUpstream[] | "none">;
  logs?: RawLogs;
  metrics?: Record<string, number>;
  tcp?: RawStep[];
  then?: RawMoment[];
}
