import type { FailurePolicy, LogLevel } from "../traffic/host.js";

/**
 * A header's name and value as byte strings: each character stands for one byte (Buffer's `latin1`),
 * so that a value that is not UTF-8 stays what it is. `utf8("…")` makes one from text.
 */
export type Header = [name: string, value: string];

/** A module that runs as a plugin, as Envoy's PluginConfig and VmConfig describe one. */
export interface PluginOptions {
  /** The compiled module. Not needed where the instance is adopted (see `Emulator.adopt`). */
  module: Uint8Array;
  /** Shown in log lines and as property `plugin_name`. */
  name?: string;
  rootId?: string;
  /** Plugins with equal `vmId`, `vmConfiguration` and module share a VM (and its first plugin's environment). */
  vmId?: string;
  vmConfiguration?: string | Uint8Array;
  configuration?: string | Uint8Array;
  environment?: Record<string, string>;
  /** FAIL_CLOSED unless given, as in Envoy. */
  failurePolicy?: FailurePolicy;
  /** For FAIL_RELOAD: how long after a load the next one may come, in milliseconds; 1000 unless given. */
  reloadBackoffMs?: number;
  /** Host functions and callbacks by name; absent or empty: no restriction. */
  allowedCapabilities?: readonly string[];
  allowOnHeadersStopIteration?: boolean;
}

/** What a filter can learn of a stream beside its messages. Whatever is left out has a plain default. */
export interface StreamInfo {
  protocol?: "HTTP/1.1" | "HTTP/2";
  sourceAddress?: string;
  sourcePort?: number;
  destinationAddress?: string;
  destinationPort?: number;
  connectionId?: number;
  requestedServerName?: string;
  /** What the client's certificate says; without any of them it has shown none. */
  subjectPeerCertificate?: string;
  uriSanPeerCertificate?: string;
  dnsSanPeerCertificate?: string;
  upstreamAddress?: string;
  upstreamPort?: number;
  routeName?: string;
  clusterName?: string;
  virtualHostName?: string;
  filterChainName?: string;
  /** Dynamic metadata: name space, key, value. */
  metadata?: Record<string, Record<string, string | number | boolean>>;
}

/** An answer that a filter or the host itself gave instead of an upstream. */
export interface LocalReply {
  status: number;
  headers: Header[];
  /** Byte string. */
  body: string;
  /** %RESPONSE_CODE_DETAILS%, blanks turned into underscores as Envoy does. */
  details: string;
}

/**
 * What the host does after it handed something to the chain of filters.
 * `continue`: it went on to the other side. `paused`: a filter holds it. `reply`: a local reply takes the
 * response's place. `reset`: the stream is cut.
 */
export type Outcome =
  | { next: "continue" }
  | { next: "paused" }
  | { next: "reply"; reply: LocalReply }
  | { next: "reset"; details: string };

/** One direction of a stream, as it left the filters. */
export interface Message {
  /** Empty until headers passed. */
  headers: Header[];
  /** Byte string: all that passed so far. */
  body: string;
  trailers: Header[];
  /** Whether headers passed. */
  started: boolean;
  /** Whether the end of the message passed. */
  ended: boolean;
}

export interface LogLine {
  /** `host`: said by the emulator itself in Envoy's words; `guest`: by a filter. */
  from: "host" | "guest";
  level: LogLevel | "critical";
  text: string;
  /** Name of the plugin; "" where no plugin is at work. */
  plugin: string;
}
