import { Bytes } from "../abi/bytes";
import { take } from "../abi/arena";
import { sizeOf, utf8 } from "../abi/wire";

/**
 * A cluster as the message that the host reads first (`envoy.config.core.v3.GrpcService` with `envoy_grpc`, its `cluster_name` and, where it is given, its `authority`):
 * handed a bare name, it would try to read that as such a message, and some names are one.
 */
export function grpcService(cluster: string, authority: string = ""): Bytes {
  const name = utf8(cluster);
  const host = utf8(authority);
  const inner = fieldSize(name) + fieldSize(host);
  const start = take(6 + inner);
  const end = putText(putText(put(start, 0x0a, inner), 0x0a, name), 0x12, host);
  return Bytes.view(start, end - start);
}

/** Bytes of a text as a field; none where it is empty. */
function fieldSize(text: usize): u32 {
  const size = sizeOf(text);
  return size == 0 ? 0 : 1 + varintSize(size) + size;
}

function putText(at: usize, tag: u8, text: usize): usize {
  const size = sizeOf(text);
  if (size == 0) return at;
  const to = put(at, tag, size);
  memory.copy(to, text, size);
  return to + size;
}

/** A field with so many bytes: its tag and size. */
function put(at: usize, tag: u8, size: u32): usize {
  store<u8>(at++, tag);
  for (; size > 127; size >>= 7) store<u8>(at++, (<u8>size) | 0x80);
  store<u8>(at, <u8>size);
  return at + 1;
}

function varintSize(value: u32): u32 {
  let size: u32 = 1;
  for (; value > 127; value >>= 7) ++size;
  return size;
}
