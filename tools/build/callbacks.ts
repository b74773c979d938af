import type { FilterClass } from "./filters.js";

// Which callbacks a module exports: crossing from the host is what costs, so one that would do nothing must not exist.

const messageHandlers = (message: string) => [`onWhole${message}`, `on${message}Chunk`];

/** For each callback the handlers it is for. A callback whose handlers nobody overrides is not exported. */
const HANDLERS: Record<string, readonly string[]> = {
  proxy_on_tick: ["onTick"],
  proxy_on_queue_ready: ["onQueueReady"],
  proxy_on_foreign_function: ["onForeignCall"],
  proxy_on_request_headers: ["onRequest"],
  proxy_on_request_body: ["onRequestBody", ...messageHandlers("Request")],
  proxy_on_request_trailers: ["onRequestTrailers", ...messageHandlers("Request")],
  proxy_on_response_headers: ["onResponse"],
  proxy_on_response_body: ["onResponseBody", ...messageHandlers("Response")],
  proxy_on_response_trailers: ["onResponseTrailers", ...messageHandlers("Response")],
  proxy_on_new_connection: ["onNewConnection"],
  proxy_on_downstream_data: ["onDownstreamData"],
  proxy_on_upstream_data: ["onUpstreamData"],
  proxy_on_downstream_connection_close: ["onDownstreamClose"],
  proxy_on_upstream_connection_close: ["onUpstreamClose"],
  proxy_on_log: ["onLog"],
  proxy_on_done: ["onDone", "onEnd"],
};

/**
 * Callbacks about calls, and the host functions of which they are the outcome. The library has to hear of each end, whoever
 * else does; the callbacks with a handler are for that alone.
 */
const OUTCOMES: Record<string, { of: readonly string[]; handler?: string }> = {
  proxy_on_http_call_response: { of: ["proxy_http_call"] },
  proxy_on_grpc_receive_initial_metadata: { of: ["proxy_grpc_stream"], handler: "onInitialMetadata" },
  proxy_on_grpc_receive: { of: ["proxy_grpc_call", "proxy_grpc_stream"] },
  proxy_on_grpc_receive_trailing_metadata: { of: ["proxy_grpc_stream"], handler: "onTrailingMetadata" },
  proxy_on_grpc_close: { of: ["proxy_grpc_call", "proxy_grpc_stream"] },
};

/** Names of the handlers that a callback is for. */
export function handlersOf(callback: string): readonly string[] {
  return HANDLERS[callback] ?? [OUTCOMES[callback]?.handler].filter((name) => name !== undefined);
}

/** What an author writes who has something done when the VM starts. */
const AT_START = /\bvm\s*\.\s*onStart\s*\(/;

/** What an author writes who can do without the collector that works while a callback runs. */
const BETWEEN_CALLBACKS = /\bvm\s*\.\s*collectBetweenCallbacks\s*\(/;

/** Whether what a callback leaves may wait until the next one begins. */
export function collectsBetweenCallbacks(sources: readonly string[]): boolean {
  return sources.some((text) => BETWEEN_CALLBACKS.test(text));
}

/** Needed to tell the module's plugins and streams apart, where they can differ. */
const LIFECYCLE = ["proxy_on_context_create", "proxy_on_delete"];

/** Handlers of a plugin or of a stream's end: the library has to know the filter beyond a stream's messages. */
const BEYOND_MESSAGES = [
  ...["onConfigure", "onTick", "onQueueReady", "onDone", "onForeignCall", "onFetched", "onCallResponse"],
  ...["onLog", "onEnd"],
];

/** Whether handlers run in which a reply may come too late: response headers have gone on, or all is over. */
export function mayComeTooLate(filters: FilterClass[], tracking: boolean): boolean {
  const late = ["onResponseBody", "onResponseTrailers", "onLog", "onEnd"];
  return tracking || overridden(filters, late);
}

/** Whether the filters are called about streams' messages alone. */
export function seesOnlyMessages(filters: FilterClass[]): boolean {
  return !overridden(filters, BEYOND_MESSAGES);
}

/** Whether the end of a plugin has to be told from the end of a stream. */
export function hearsOfEnds(filters: FilterClass[]): boolean {
  return overridden(filters, ["onDone", "onEnd"]);
}

/** Whether trailers are in reach of a filter anywhere. */
export function seesTrailers(filters: FilterClass[]): boolean {
  return overridden(filters, ["onRequestTrailers", "onResponseTrailers", "onLog"]);
}

/** What the library has to do for the filters of a module, beyond calling their handlers. */
export interface Needs {
  /** It keeps an object for each stream, whatever the filters keep themselves. */
  tracking: boolean;
  /** It holds headers back until it has collected a body. */
  holding: boolean;
  /** It rewrites bodies on their way. */
  rewriting: boolean;
  /** It makes calls. */
  calling: boolean;
  /** It opens gRPC streams. */
  streaming: boolean;
  /** It filters connections. */
  connecting: boolean;
  /** It watches that no body changes its length behind content-length's back. */
  watching: boolean;
}

/** `imports`: the host functions that the filters reach. */
export function needsOf(filters: FilterClass[], imports: readonly string[]): Needs {
  const holding = overridden(filters, ["onWholeRequest", "onWholeResponse"]);
  const rewriting = overridden(filters, ["onRequestChunk", "onResponseChunk"]);
  const watching = holding || rewriting || imports.includes("proxy_set_buffer_bytes");
  // A connection lives long and costs little to keep; and what it holds back has to be remembered.
  const connecting = filters.some((filter) => filter.kind === "tcp");
  // A stream that is resumed or reset has to be told from others.
  const named = imports.includes("proxy_set_effective_context");
  const tracking = watching || connecting || named || overridden(filters, ["onCallResponse"]);
  const calling = imports.some((name) => /^proxy_(http_call|grpc_call|grpc_stream)$/.test(name));
  const streaming = imports.includes("proxy_grpc_stream");
  return { tracking, holding, rewriting, watching, calling, streaming, connecting };
}

/** What is known of a module when its callbacks are chosen. */
export interface Known {
  filters: FilterClass[];
  /** Handlers that its gRPC streams override. */
  streamHandlers: ReadonlySet<string>;
  sources: readonly string[];
  /** Whether the library keeps an object for each stream. */
  tracking: boolean;
  /** The host functions that it reaches. */
  imports: readonly string[];
}

/** Callbacks that would do nothing for a module. */
export function unusedCallbacks(known: Known): string[] {
  const { filters, sources, tracking } = known;
  const unused = Object.keys(HANDLERS).filter((name) => !overridden(filters, HANDLERS[name]!));
  unused.push(...Object.keys(OUTCOMES).filter((name) => !isAwaited(known, OUTCOMES[name]!)));
  if (!sources.some((text) => AT_START.test(text))) unused.push("proxy_on_vm_start");
  return tracking || pluginsDiffer(filters) ? unused : [...unused, ...LIFECYCLE];
}

function isAwaited({ streamHandlers, imports }: Known, { of, handler }: (typeof OUTCOMES)[string]): boolean {
  return of.some((name) => imports.includes(name)) && (!handler || streamHandlers.has(handler));
}

function overridden(filters: FilterClass[], handlers: readonly string[]): boolean {
  return filters.some((filter) => handlers.some((handler) => filter.handlers.has(handler)));
}

function pluginsDiffer(filters: FilterClass[]): boolean {
  return hearsOfEnds(filters) || filters.some((f) => f.settings || f.stateful || f.rootId !== "");
}
