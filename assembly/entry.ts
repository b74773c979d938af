// Named here so that it is compiled: the build makes it the meaning of `abort`.
import { onEncodedAbort } from "./abi/abort";
import "./abi/abort";
import { take } from "./abi/arena";
import { literal } from "./abi/wire";
import * as callouts from "./runtime/callouts";
import * as http from "./runtime/http";
import * as life from "./runtime/life";
import * as tcp from "./runtime/tcp";
import { Action } from "./stream/action";
import { CALLS, TCP } from "./stream/needs";

// What a host calls. The build keeps a callback only where a filter of the module overrides its handler. Where a whole part
// of the library is not needed, the compiler must not even see it: its classes would stay.

// For the build, which takes it out again once it has encoded the module's literals.
export { literal as __literal };
export { onEncodedAbort as __encodedAbort };

export function proxy_abi_version_0_2_1(): void {}

/** The host asks for room for what a call of ours returns. It is read within the same callback. */
export function proxy_on_memory_allocate(size: usize): usize {
  return take(size);
}

export function proxy_on_context_create(id: u32, parent: u32): void {
  life.created(id, parent);
}

export function proxy_on_vm_start(root: u32, size: u32): u32 {
  life.vmStarted(root);
  return 1;
}

export function proxy_on_configure(root: u32, size: u32): u32 {
  return life.configured(root, size) ? 1 : 0;
}

export function proxy_on_tick(root: u32): void {
  life.ticked(root);
}

export function proxy_on_queue_ready(root: u32, queue: u32): void {
  life.queueReady(root, queue);
}

export function proxy_on_foreign_function(root: u32, id: u32, size: u32): void {
  life.foreignCall(root, id, size);
}

export function proxy_on_request_headers(id: u32, count: u32, end: u32): u32 {
  return http.requestHeaders(id, end != 0);
}

export function proxy_on_request_body(id: u32, size: u32, end: u32): u32 {
  return http.requestBody(id, size, end != 0);
}

export function proxy_on_request_trailers(id: u32, count: u32): u32 {
  return http.requestTrailers(id);
}

export function proxy_on_response_headers(id: u32, count: u32, end: u32): u32 {
  return http.responseHeaders(id, end != 0);
}

export function proxy_on_response_body(id: u32, size: u32, end: u32): u32 {
  return http.responseBody(id, size, end != 0);
}

export function proxy_on_response_trailers(id: u32, count: u32): u32 {
  return http.responseTrailers(id);
}

export function proxy_on_new_connection(id: u32): u32 {
  return TCP ? tcp.newConnection(id) : Action.Pause;
}

export function proxy_on_downstream_data(id: u32, size: u32, end: u32): u32 {
  return TCP ? tcp.downstreamData(id, size, end != 0) : Action.Pause;
}

export function proxy_on_upstream_data(id: u32, size: u32, end: u32): u32 {
  return TCP ? tcp.upstreamData(id, size, end != 0) : Action.Pause;
}

export function proxy_on_downstream_connection_close(id: u32, peer: u32): void {
  if (TCP) tcp.downstreamClosed(id, peer);
}

export function proxy_on_upstream_connection_close(id: u32, peer: u32): void {
  if (TCP) tcp.upstreamClosed(id, peer);
}

export function proxy_on_http_call_response(
  root: u32,
  call: u32,
  headers: u32,
  bodySize: u32,
  trailers: u32,
): void {
  if (CALLS) callouts.httpCallResponse(root, call, headers, bodySize, trailers);
}

export function proxy_on_grpc_receive_initial_metadata(root: u32, call: u32, count: u32): void {
  if (CALLS) callouts.grpcInitialMetadata(root, call, count);
}

export function proxy_on_grpc_receive(root: u32, call: u32, size: u32): void {
  if (CALLS) callouts.grpcMessage(root, call, size);
}

export function proxy_on_grpc_receive_trailing_metadata(root: u32, call: u32, count: u32): void {
  if (CALLS) callouts.grpcTrailingMetadata(root, call, count);
}

export function proxy_on_grpc_close(root: u32, call: u32, status: u32): void {
  if (CALLS) callouts.grpcClosed(root, call, status);
}

export function proxy_on_log(id: u32): void {
  life.logged(id);
}

export function proxy_on_done(id: u32): u32 {
  return life.done(id) ? 1 : 0;
}

export function proxy_on_delete(id: u32): void {
  life.deleted(id);
}
