// What comes back from calls.

/** `proxy_on_http_call_response` */
export function httpCallResponse(root: u32, call: u32, headers: u32, bodySize: u32, trailers: u32): void {}

/** `proxy_on_grpc_receive_initial_metadata` */
export function grpcInitialMetadata(root: u32, call: u32, count: u32): void {}

/** `proxy_on_grpc_receive` */
export function grpcMessage(root: u32, call: u32, size: u32): void {}

/** `proxy_on_grpc_receive_trailing_metadata` */
export function grpcTrailingMetadata(root: u32, call: u32, count: u32): void {}

/** `proxy_on_grpc_close` */
export function grpcClosed(root: u32, call: u32, status: u32): void {}
