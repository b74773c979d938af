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
  proxy_on_http_call_response: ["onCallResponse", "onFetched"],
  proxy_on_grpc_receive_initial_metadata: ["onInitialMetadata"],
  proxy_on_grpc_receive: ["onCallResponse", "onFetched", "onMessage"],
  proxy_on_grpc_receive_trailing_metadata: ["onTrailingMetadata"],
  proxy_on_grpc_close: ["onCallResponse", "onFetched", "onMessage", "onClose"],
  proxy_on_log: ["onLog"],
  proxy_on_done: ["onDone", "onEnd"],
};

/** Needed to tell the module's plugins and streams apart, where they can differ. */
const LIFECYCLE = ["proxy_on_context_create", "proxy_on_delete"];

/** Handlers that need an object for each stream: the library keeps something there from one callback to the next. */
const TRACKING = [...messageHandlers("Request"), ...messageHandlers("Response"), "onCallResponse"];

/** Callbacks that would do nothing for these filters. */
export function unusedCallbacks(filters: FilterClass[]): string[] {
  const unused = Object.keys(HANDLERS).filter((name) => !overridden(filters, HANDLERS[name]!));
  return pluginsDiffer(filters) ? unused : [...unused, ...LIFECYCLE];
}

/** Whether the library has to keep an object for each stream, whatever the filters keep themselves. */
export function needsTracking(filters: FilterClass[]): boolean {
  return overridden(filters, TRACKING);
}

function overridden(filters: FilterClass[], handlers: readonly string[]): boolean {
  return filters.some((filter) => handlers.some((handler) => filter.handlers.has(handler)));
}

function pluginsDiffer(filters: FilterClass[]): boolean {
  return needsTracking(filters) || filters.some((f) => f.settings || f.stateful || f.rootId !== "");
}
