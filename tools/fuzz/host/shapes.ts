/**
 * What the parameters of a host function are. `text`, `list`: address and size of bytes, or of a pair list, that the guest
 * hands over. `give`: where it wants address and size of bytes. `out`, `out64`: where it wants a number. `name`: as `text`,
 * for a field's name; `value`: for its value. The rest are numbers, some of which have to be members of an enum.
 */
export type Shape =
  | "text"
  | "name"
  | "value"
  | "list"
  | "give"
  | "out"
  | "out64"
  | "number"
  | "level"
  | "map"
  | "buffer"
  | "stream"
  | "metric";

/** How many of a function's parameters a shape takes. */
export function width(shape: Shape): number {
  return ["text", "name", "value", "list", "give"].includes(shape) ? 2 : 1;
}

/** The last member of each enum. */
export const lastMember: Partial<Record<Shape, number>> = {
  level: 5,
  map: 7,
  buffer: 8,
  stream: 3,
  metric: 2,
};

const shapes: Record<string, string> = {
  proxy_log: "level text",
  proxy_get_log_level: "out",
  proxy_get_status: "out give",
  proxy_get_property: "text give",
  proxy_set_property: "text text",
  proxy_send_local_response: "number text text list number",
  proxy_get_shared_data: "text give out",
  proxy_set_shared_data: "text text number",
  proxy_register_shared_queue: "text out",
  proxy_resolve_shared_queue: "text text out",
  proxy_dequeue_shared_queue: "number give",
  proxy_enqueue_shared_queue: "number text",
  proxy_get_header_map_value: "map name give",
  proxy_add_header_map_value: "map name value",
  proxy_replace_header_map_value: "map name value",
  proxy_remove_header_map_value: "map name",
  proxy_get_header_map_pairs: "map give",
  proxy_set_header_map_pairs: "map list",
  proxy_get_header_map_size: "map out",
  proxy_get_buffer_status: "buffer out out",
  proxy_get_buffer_bytes: "buffer number number give",
  proxy_set_buffer_bytes: "buffer number number text",
  proxy_http_call: "text list text list number out",
  proxy_grpc_call: "text text text list text number out",
  proxy_grpc_stream: "text text text list out",
  proxy_grpc_send: "number text number",
  proxy_grpc_close: "number",
  proxy_grpc_cancel: "number",
  proxy_set_tick_period_milliseconds: "number",
  proxy_get_current_time_nanoseconds: "out64",
  proxy_set_effective_context: "number",
  proxy_define_metric: "metric text out",
  proxy_increment_metric: "number number",
  proxy_record_metric: "number number",
  proxy_get_metric: "number out64",
  proxy_continue_stream: "stream",
  proxy_close_stream: "stream",
  proxy_done: "",
  proxy_call_foreign_function: "text text give",
  environ_sizes_get: "out out",
  environ_get: "number number",
  clock_time_get: "number number out64",
};

/** The shapes of a function's parameters, null where nothing is known of it. */
export function shapesOf(name: string): Shape[] | null {
  const found = shapes[name];
  if (found === undefined) return null;
  return found.split(" ").filter(Boolean) as Shape[];
}
