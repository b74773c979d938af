import { Bytes } from "../abi/bytes";
import { take } from "../abi/arena";
import { sizeOf, utf8 } from "../abi/wire";

/**
 * A cluster as the message that the host reads first (`envoy.config.core.v3.GrpcService` with `envoy_grpc.cluster_name`):
 * handed a bare name, it would try to read that as such a message, and some names are one.
 */
export function grpcService(cluster: string): Bytes {
  const name = utf8(cluster);
  const size = sizeOf(name);
  const inner = 1 + varintSize(size) + size;
  const start = take(2 * 6 + size);
  const text = put(put(start, inner), size);
  memory.copy(text, name, size);
  return Bytes.view(start, text + size - start);
}

/** Field 1 with so many bytes: its tag and size. */
function put(at: usize, size: u32): usize {
  store<u8>(at++, 0x0a);
  for (; size > 127; size >>= 7) store<u8>(at++, (<u8>size) | 0x80);
  store<u8>(at, <u8>size);
  return at + 1;
}

function varintSize(value: u32): u32 {
  let size: u32 = 1;
  for (; value > 127; value >>= 7) ++size;
  return size;
}
