/** A part of what a host offers, as a manifest's `capabilities` name it. */
export interface CapabilityGroup {
  /** What a filter may do that has it; follows "may". */
  may: string;
  /** Host functions and callbacks. */
  names: readonly string[];
  /** Harmless functions of other groups, of which the library makes use for this one. */
  along?: readonly string[];
}

/**
 * Each host function and each callback in one group. A function that reads what a callback is about is guarded by that
 * callback: a filter that is not called for bodies finds none in the buffer.
 */
export const groups: Readonly<Record<string, CapabilityGroup>> = {
  headers: {
    may: "read and change headers",
    names: [
      ...["get_header_map_value", "get_header_map_pairs", "get_header_map_size"].map(proxy),
      ...["add_header_map_value", "replace_header_map_value", "remove_header_map_value"].map(proxy),
      ...["set_header_map_pairs", "on_request_headers", "on_response_headers"].map(proxy),
      ...["on_request_metadata", "on_response_metadata"].map(proxy),
    ],
  },
  trailers: {
    may: "be called for trailers, which are read and changed as headers are",
    names: ["on_request_trailers", "on_response_trailers"].map(proxy),
  },
  body: {
    may: "read and change bodies, and change the data of connections",
    names: ["on_request_body", "on_response_body", "set_buffer_bytes"].map(proxy),
    along: ["random_get"],
  },
  tcp: {
    may: "filter connections",
    names: [
      ...["on_new_connection", "on_downstream_data", "on_upstream_data"].map(proxy),
      ...["on_downstream_connection_close", "on_upstream_connection_close"].map(proxy),
    ],
  },
  replies: {
    may: "answer in the upstream's place, and end streams",
    names: ["send_local_response", "close_stream"].map(proxy),
  },
  properties: {
    may: "read what the proxy knows, and keep filter state",
    names: ["get_property", "set_property"].map(proxy),
  },
  log: {
    may: "write to the log",
    names: [...["log", "get_log_level"].map(proxy), "fd_write"],
  },
  metrics: {
    may: "count",
    names: [
      ...["define_metric", "increment_metric", "record_metric", "get_metric"].map(proxy),
      "envoy_on_stats_update",
    ],
  },
  clock: {
    may: "tell the time",
    names: [proxy("get_current_time_nanoseconds"), "clock_time_get", "clock_res_get"],
  },
  random: { may: "get random bytes", names: ["random_get"] },
  environment: {
    may: "read the environment that Envoy's configuration lets through",
    names: [
      ...["environ_get", "environ_sizes_get", "args_get", "args_sizes_get"],
      ...["fd_read", "fd_seek", "fd_tell", "fd_close", "fd_fdstat_get", "fd_fdstat_set_flags"],
      ...["fd_fdstat_set_rights", "fd_filestat_get", "fd_filestat_set_size", "fd_filestat_set_times"],
      ...["fd_advise", "fd_allocate", "fd_datasync", "fd_sync", "fd_pread", "fd_pwrite", "fd_prestat_get"],
      ...["fd_prestat_dir_name", "fd_readdir", "fd_renumber", "poll_oneoff", "sched_yield", "proc_exit"],
      ...["path_open", "path_create_directory", "path_filestat_get", "path_filestat_set_times", "path_link"],
      ...["path_readlink", "path_remove_directory", "path_rename", "path_symlink", "path_unlink_file"],
      ...["sock_accept", "sock_recv", "sock_send", "sock_shutdown"],
    ],
  },
  timers: { may: "work in the background", names: ["set_tick_period_milliseconds", "on_tick"].map(proxy) },
  "shared-data": {
    may: "share data with other filters and workers",
    names: ["get_shared_data", "set_shared_data"].map(proxy),
  },
  queues: {
    may: "use shared queues",
    names: [
      ...["register_shared_queue", "resolve_shared_queue", "enqueue_shared_queue"].map(proxy),
      ...["dequeue_shared_queue", "on_queue_ready"].map(proxy),
    ],
  },
  calls: {
    may: "make HTTP calls",
    names: [
      ...["http_call", "on_http_call_response"].map(proxy),
      ...["envoy_resolve_dns", "envoy_on_resolve_dns"],
    ],
    along: [proxy("get_current_time_nanoseconds")],
  },
  grpc: {
    may: "make gRPC calls",
    names: [
      ...["grpc_call", "grpc_stream", "grpc_send", "grpc_close", "get_status"].map(proxy),
      ...["on_grpc_receive_initial_metadata", "on_grpc_receive"].map(proxy),
      ...["on_grpc_receive_trailing_metadata", "on_grpc_close"].map(proxy),
    ],
    along: [proxy("get_current_time_nanoseconds")],
  },
  foreign: {
    may: "call functions that the host adds: signatures, compression, expressions",
    names: ["call_foreign_function", "on_foreign_function"].map(proxy),
  },
  configuration: {
    may: "read its configuration, and what a callback hands over",
    names: [
      ...["on_configure", "on_vm_start", "validate_configuration"].map(proxy),
      ...["get_buffer_bytes", "get_buffer_status"].map(proxy),
    ],
  },
  lifecycle: {
    may: "follow its plugins and streams from beginning to end",
    names: [
      ...["on_memory_allocate", "on_context_create", "on_log", "on_done", "on_delete", "done"].map(proxy),
      ...["continue_stream", "set_effective_context", "grpc_cancel"].map(proxy),
      ...["pthread_equal", "emscripten_notify_memory_growth"],
    ],
  },
};

/** Groups that every filter has: without them none works. */
export const alwaysAllowed: readonly string[] = ["configuration", "lifecycle"];

/**
 * What the library does by itself in any filter: it says why a filter crashed or refused its configuration, and refuses
 * traffic that nobody may judge. A host is never told to withhold it. It belongs to its group where an author's own code
 * comes to it.
 */
export const libraryOwn: readonly string[] = ["proxy_log", "proxy_send_local_response", "proxy_close_stream"];

const groupByName = new Map(
  Object.entries(groups).flatMap(([group, { names }]) => names.map((name) => [name, group] as const)),
);

/** The group of a host function or callback; undefined for names that no host knows. */
export function groupOf(name: string): string | undefined {
  return groupByName.get(name);
}

/** Whether a ceiling, if there is one, leaves room for a host function or callback. */
export function isWithin(ceiling: readonly string[] | null, name: string): boolean {
  return ceiling === null || libraryOwn.includes(name) || belongsTo([...ceiling, ...alwaysAllowed], name);
}

/** Whether one of some groups has a host function or callback, or takes it along. */
export function belongsTo(wanted: readonly string[], name: string): boolean {
  return wanted.some((group) => groupOf(name) === group || groups[group]?.along?.includes(name));
}

function proxy(name: string): string {
  return `proxy_${name}`;
}
