/** What a host call returns. */
export const enum Status {
  Ok = 0,
  NotFound = 1,
  BadArgument = 2,
}

/** Header maps of a stream, as the ABI numbers them. */
export const enum MapType {
  RequestHeaders = 0,
  RequestTrailers = 1,
  ResponseHeaders = 2,
  ResponseTrailers = 3,
}

/** Buffers that the host holds, as the ABI numbers them. */
export const enum BufferType {
  PluginConfiguration = 7,
}
