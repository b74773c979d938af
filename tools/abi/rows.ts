/** What the library makes of a host function or a callback. */
export interface AbiRow {
  /** As the specification names it. */
  name: string;
  /** Public names through which an author reaches it: `Class.member`, `namespace.function` or `Class`. Empty: the library's own. */
  library: string[];
  /** What it is for, where no public name says so. */
  note?: string;
  /** Why real Envoy cannot play a case of it. */
  notOnEnvoy?: string;
  /** A test that shows it where no traffic case can: its file, and its name. */
  elsewhere?: { file: string; name: string };
}

/** Host functions of ABI 0.2.1, as `assembly/abi/env.ts` and `wasi_snapshot_preview1.ts` import them. */
export const hostFunctions: AbiRow[] = [
  { name: "proxy_log", library: ["log.info"] },
  { name: "proxy_get_log_level", library: ["log.enabled"] },
  { name: "proxy_get_current_time_nanoseconds", library: ["clock.nanoseconds"] },
  { name: "proxy_get_property", library: ["Context.property"] },
  { name: "proxy_set_property", library: ["Context.remember"] },
  { name: "proxy_get_header_map_value", library: ["Headers.get"] },
  { name: "proxy_get_header_map_pairs", library: ["Headers.getAll"] },
  { name: "proxy_get_header_map_size", library: ["Headers.byteSize"] },
  { name: "proxy_add_header_map_value", library: ["Headers.append"] },
  { name: "proxy_replace_header_map_value", library: ["Headers.set"] },
  { name: "proxy_remove_header_map_value", library: ["Headers.remove"] },
  { name: "proxy_set_header_map_pairs", library: ["Headers.replaceAll"] },
  { name: "proxy_get_buffer_bytes", library: ["Body.bytes"] },
  { name: "proxy_get_buffer_status", library: ["Body.length"] },
  { name: "proxy_set_buffer_bytes", library: ["Body.replace"] },
  { name: "proxy_send_local_response", library: ["Exchange.reply", "Exchange.respond"] },
  { name: "proxy_continue_stream", library: ["Context.resume"] },
  { name: "proxy_close_stream", library: ["Exchange.reset"] },
  { name: "proxy_set_effective_context", library: ["Context.enter"] },
  {
    name: "proxy_done",
    library: ["plugin.done"],
    elsewhere: {
      file: "tests/tools/envoy/update.test.ts",
      name: "a plugin that asks for time is there until it says that it is done",
    },
  },
  { name: "proxy_set_tick_period_milliseconds", library: ["plugin.tickEvery"] },
  { name: "proxy_get_shared_data", library: ["shared.get"] },
  { name: "proxy_set_shared_data", library: ["shared.set"] },
  { name: "proxy_register_shared_queue", library: ["Queue.register"] },
  { name: "proxy_resolve_shared_queue", library: ["Queue.resolve"] },
  { name: "proxy_enqueue_shared_queue", library: ["Queue.push"] },
  { name: "proxy_dequeue_shared_queue", library: ["Queue.pop"] },
  { name: "proxy_define_metric", library: ["Counter", "Gauge", "Histogram"] },
  { name: "proxy_increment_metric", library: ["Counter.increment"] },
  { name: "proxy_record_metric", library: ["Gauge.record"] },
  { name: "proxy_get_metric", library: ["Counter.value"] },
  { name: "proxy_http_call", library: ["Exchange.send", "FilterBase.fetch"] },
  { name: "proxy_grpc_call", library: ["GrpcCall"] },
  { name: "proxy_grpc_stream", library: ["Exchange.open"] },
  { name: "proxy_grpc_send", library: ["GrpcStream.send"] },
  { name: "proxy_grpc_close", library: ["GrpcStream.close"] },
  { name: "proxy_grpc_cancel", library: ["GrpcStream.cancel"] },
  { name: "proxy_get_status", library: ["CallResponse.grpcMessage"] },
  { name: "proxy_call_foreign_function", library: ["foreign.call"] },
  { name: "environ_sizes_get", library: ["environment.get"], note: "WASI" },
  { name: "environ_get", library: ["environment.get"], note: "WASI" },
  { name: "random_get", library: ["random.bytes"], note: "WASI" },
];

/** Callbacks of ABI 0.2.1, as `assembly/entry.ts` exports them. */
export const callbacks: AbiRow[] = [
  { name: "proxy_on_memory_allocate", library: [], note: "room for what the host returns" },
  { name: "proxy_on_context_create", library: [], note: "tells plugins and streams apart" },
  { name: "proxy_on_vm_start", library: ["vm.onStart"] },
  { name: "proxy_on_configure", library: ["FilterBase.onConfigure"] },
  { name: "proxy_on_tick", library: ["FilterBase.onTick"] },
  { name: "proxy_on_queue_ready", library: ["FilterBase.onQueueReady"] },
  {
    name: "proxy_on_foreign_function",
    library: ["FilterBase.onForeignCall"],
    notOnEnvoy: "no extension in Envoy's release calls it",
    elsewhere: {
      file: "tests/tools/emulator/foreign.test.ts",
      name: "a call from beside the ABI reaches the plugin with its argument",
    },
  },
  { name: "proxy_on_request_headers", library: ["HttpFilter.onRequest"] },
  { name: "proxy_on_request_body", library: ["HttpFilter.onRequestBody", "HttpFilter.onWholeRequest"] },
  { name: "proxy_on_request_trailers", library: ["HttpFilter.onRequestTrailers"] },
  { name: "proxy_on_response_headers", library: ["HttpFilter.onResponse"] },
  { name: "proxy_on_response_body", library: ["HttpFilter.onResponseBody", "HttpFilter.onWholeResponse"] },
  { name: "proxy_on_response_trailers", library: ["HttpFilter.onResponseTrailers"] },
  { name: "proxy_on_new_connection", library: ["TcpFilter.onNewConnection"] },
  { name: "proxy_on_downstream_data", library: ["TcpFilter.onDownstreamData"] },
  { name: "proxy_on_upstream_data", library: ["TcpFilter.onUpstreamData"] },
  { name: "proxy_on_downstream_connection_close", library: ["TcpFilter.onDownstreamClose"] },
  { name: "proxy_on_upstream_connection_close", library: ["TcpFilter.onUpstreamClose"] },
  { name: "proxy_on_http_call_response", library: ["HttpFilter.onCallResponse", "FilterBase.onFetched"] },
  { name: "proxy_on_grpc_receive_initial_metadata", library: ["GrpcStream.onInitialMetadata"] },
  { name: "proxy_on_grpc_receive", library: ["GrpcStream.onMessage"] },
  { name: "proxy_on_grpc_receive_trailing_metadata", library: ["GrpcStream.onTrailingMetadata"] },
  { name: "proxy_on_grpc_close", library: ["GrpcStream.onClose"] },
  { name: "proxy_on_log", library: ["HttpFilter.onLog"] },
  { name: "proxy_on_done", library: ["FilterBase.onDone", "HttpFilter.onEnd"] },
  { name: "proxy_on_delete", library: [], note: "frees what belonged to a stream or plugin" },
];

/** What Envoy knows beyond the specification, and why a filter does without. */
export const beyond: Record<string, string> = {
  proxy_validate_configuration: "looked up by Envoy, and never called",
  proxy_on_request_metadata:
    "frames that HTTP/2 does not have; Envoy passes them only where a listener allows it",
  proxy_on_response_metadata: "as for requests",
  envoy_resolve_dns: "Envoy's own; names are resolved by clusters",
};
