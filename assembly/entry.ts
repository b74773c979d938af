// Named here so that it is compiled: the build makes it the meaning of `abort`.
import "./abi/abort";
import { take } from "./abi/arena";
import { literal } from "./abi/wire";
import * as dispatcher from "./runtime/dispatcher";

// What a host calls. The build keeps a callback only where a filter of the module overrides its handler.

// For the build, which takes it out again once it has encoded the module's literals.
export { literal as __literal };

export function proxy_abi_version_0_2_1(): void {}

/** The host asks for room for what a call of ours returns. It is read within the same callback. */
export function proxy_on_memory_allocate(size: usize): usize {
  return take(size);
}

export function proxy_on_context_create(id: u32, parent: u32): void {
  dispatcher.created(id, parent);
}

export function proxy_on_configure(root: u32, size: u32): u32 {
  return dispatcher.configured(root, size) ? 1 : 0;
}

export function proxy_on_request_headers(id: u32, count: u32, end: u32): u32 {
  return dispatcher.requestHeaders(id);
}

export function proxy_on_response_headers(id: u32, count: u32, end: u32): u32 {
  return dispatcher.responseHeaders(id);
}

export function proxy_on_delete(id: u32): void {
  dispatcher.deleted(id);
}
