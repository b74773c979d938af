// The host functions of proxy-wasm ABI 0.2.1, with the names and the order of parameters of its specification
// (https://github.com/proxy-wasm/spec/tree/main/abi-versions/v0.2.1). The name of this file is the wasm import module.
// A function that a filter does not reach is not imported. Each returns a `Status`.

export declare function proxy_log(level: u32, text: usize, size: usize): u32;
export declare function proxy_get_log_level(level: usize): u32;
export declare function proxy_get_current_time_nanoseconds(time: usize): u32;

export declare function proxy_get_property(path: usize, pathSize: usize, data: usize, size: usize): u32;
export declare function proxy_set_property(path: usize, pathSize: usize, data: usize, size: usize): u32;

export declare function proxy_get_buffer_bytes(
  kind: u32,
  start: u32,
  length: u32,
  data: usize,
  size: usize,
): u32;

export declare function proxy_get_buffer_status(kind: u32, length: usize, flags: usize): u32;
export declare function proxy_set_buffer_bytes(
  kind: u32,
  start: u32,
  length: u32,
  data: usize,
  size: usize,
): u32;

export declare function proxy_get_header_map_size(map: u32, size: usize): u32;
export declare function proxy_set_header_map_pairs(map: u32, data: usize, size: usize): u32;
export declare function proxy_get_header_map_pairs(map: u32, data: usize, size: usize): u32;
export declare function proxy_get_header_map_value(
  map: u32,
  name: usize,
  nameSize: usize,
  data: usize,
  size: usize,
): u32;
export declare function proxy_add_header_map_value(
  map: u32,
  name: usize,
  nameSize: usize,
  value: usize,
  valueSize: usize,
): u32;
export declare function proxy_replace_header_map_value(
  map: u32,
  name: usize,
  nameSize: usize,
  value: usize,
  valueSize: usize,
): u32;
export declare function proxy_remove_header_map_value(map: u32, name: usize, nameSize: usize): u32;

export declare function proxy_send_local_response(
  status: u32,
  details: usize,
  detailsSize: usize,
  body: usize,
  bodySize: usize,
  headers: usize,
  headersSize: usize,
  grpcStatus: i32,
): u32;

export declare function proxy_continue_stream(stream: u32): u32;
export declare function proxy_close_stream(stream: u32): u32;
export declare function proxy_set_effective_context(context: u32): u32;
export declare function proxy_done(): u32;
export declare function proxy_set_tick_period_milliseconds(period: u32): u32;

export declare function proxy_get_shared_data(
  key: usize,
  keySize: usize,
  data: usize,
  size: usize,
  cas: usize,
): u32;
export declare function proxy_set_shared_data(
  key: usize,
  keySize: usize,
  value: usize,
  valueSize: usize,
  cas: u32,
): u32;
export declare function proxy_register_shared_queue(name: usize, nameSize: usize, queue: usize): u32;
export declare function proxy_resolve_shared_queue(
  vmId: usize,
  vmIdSize: usize,
  name: usize,
  nameSize: usize,
  queue: usize,
): u32;
export declare function proxy_enqueue_shared_queue(queue: u32, data: usize, size: usize): u32;
export declare function proxy_dequeue_shared_queue(queue: u32, data: usize, size: usize): u32;

export declare function proxy_define_metric(kind: u32, name: usize, nameSize: usize, metric: usize): u32;
export declare function proxy_increment_metric(metric: u32, offset: i64): u32;
export declare function proxy_record_metric(metric: u32, value: i64): u32;
export declare function proxy_get_metric(metric: u32, value: usize): u32;

export declare function proxy_http_call(
  cluster: usize,
  clusterSize: usize,
  headers: usize,
  headersSize: usize,
  body: usize,
  bodySize: usize,
  trailers: usize,
  trailersSize: usize,
  timeout: u32,
  call: usize,
): u32;
export declare function proxy_grpc_call(
  cluster: usize,
  clusterSize: usize,
  service: usize,
  serviceSize: usize,
  method: usize,
  methodSize: usize,
  metadata: usize,
  metadataSize: usize,
  message: usize,
  messageSize: usize,
  timeout: u32,
  call: usize,
): u32;
export declare function proxy_grpc_stream(
  cluster: usize,
  clusterSize: usize,
  service: usize,
  serviceSize: usize,
  method: usize,
  methodSize: usize,
  metadata: usize,
  metadataSize: usize,
  stream: usize,
): u32;
export declare function proxy_grpc_send(stream: u32, message: usize, size: usize, end: u32): u32;
export declare function proxy_grpc_close(stream: u32): u32;
export declare function proxy_grpc_cancel(stream: u32): u32;
export declare function proxy_get_status(status: usize, message: usize, size: usize): u32;

export declare function proxy_call_foreign_function(
  name: usize,
  nameSize: usize,
  argument: usize,
  argumentSize: usize,
  result: usize,
  size: usize,
): u32;
