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
