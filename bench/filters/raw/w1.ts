// The workload W1 written by hand on the plain ABI: what an SDK can come near to and not beat.
import {
  proxy_add_header_map_value as add,
  proxy_get_header_map_value as get,
  proxy_remove_header_map_value as remove,
} from "./env";

const REQUEST: u32 = 0;
const RESPONSE: u32 = 2;
const SCRATCH_SIZE: usize = 65536;
const SCRATCH = memory.data(65536, 16);
const RESULT = memory.data(8, 8);
const USER_AGENT = memory.data<u8>([117, 115, 101, 114, 45, 97, 103, 101, 110, 116]);
const X_SEEN = memory.data<u8>([120, 45, 115, 101, 101, 110]);
const X_WASM = memory.data<u8>([120, 45, 119, 97, 115, 109]);
const OK = memory.data<u8>([111, 107]);
const X_POWERED_BY = memory.data<u8>([120, 45, 112, 111, 119, 101, 114, 101, 100, 45, 98, 121]);

export function proxy_abi_version_0_2_1(): void {}

// Every buffer is used up before the next host call, so one scratch is enough.
export function proxy_on_memory_allocate(size: usize): usize {
  return size <= SCRATCH_SIZE ? SCRATCH : heap.alloc(size);
}

export function proxy_on_vm_start(_id: u32, _size: u32): u32 {
  return 1;
}

export function proxy_on_configure(_id: u32, _size: u32): u32 {
  return 1;
}

export function proxy_on_request_headers(_id: u32, _count: u32, _end: u32): u32 {
  let value: usize = 0;
  let size: usize = 0;
  if (get(REQUEST, USER_AGENT, 10, RESULT, RESULT + 4) == 0) {
    value = load<u32>(RESULT);
    size = load<u32>(RESULT, 4);
  }
  add(REQUEST, X_SEEN, 6, value, size);
  return 0;
}

export function proxy_on_response_headers(_id: u32, _count: u32, _end: u32): u32 {
  add(RESPONSE, X_WASM, 6, OK, 2);
  remove(RESPONSE, X_POWERED_BY, 12);
  return 0;
}
