import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { Status } from "../abi/enums";
import { proxy_get_buffer_bytes, proxy_get_buffer_status, proxy_set_buffer_bytes } from "../abi/env";
import { hostRefused } from "../abi/line";
import { OUT, outData, outSize } from "../abi/out";
import { utf8 } from "../abi/wire";

// The host's buffers, by their kind (`BufferType`). A range reaches from `start` over at most `length` bytes.

/** How many bytes there are; 0 where the host has no such buffer now. */
export function lengthOf(kind: u32): i32 {
  const status = proxy_get_buffer_status(kind, OUT, OUT + 4);
  return status == Status.Ok ? load<i32>(OUT) : 0;
}

/** A range, as far as it is there; valid until the callback returns. */
export function read(kind: u32, start: i32, length: i32): Bytes {
  store<u64>(OUT, 0);
  if (start >= 0 && length > 0) {
    const status = proxy_get_buffer_bytes(kind, start, length, OUT, OUT + 4);
    if (status != Status.Ok) {
      if (status != Status.NotFound) hostRefused(utf8("proxy_get_buffer_bytes"), status);
      store<u64>(OUT, 0);
    }
  }
  return Bytes.view(outData(), outSize());
}

/** Puts bytes in the place of a range. The host knows ranges at the front only, so bytes before `start` are copied. */
export function write(kind: u32, start: i32, length: u32, bytes: Bytes): bool {
  if (start <= 0) return writeFront(kind, 0, length, bytes);
  const before = read(kind, 0, start);
  const size: usize = before.length + bytes.length;
  const joined = take(size);
  memory.copy(joined, before.pointer, before.length);
  memory.copy(joined + before.length, bytes.pointer, bytes.length);
  const reach = <u64>before.length + length;
  return writeFront(kind, 0, <u32>min<u64>(reach, u32.MAX_VALUE), Bytes.view(joined, size));
}

/** Adds bytes behind what is there. */
export function append(kind: u32, bytes: Bytes): bool {
  return writeFront(kind, u32.MAX_VALUE, 0, bytes);
}

function writeFront(kind: u32, start: u32, length: u32, bytes: Bytes): bool {
  const status = proxy_set_buffer_bytes(kind, start, length, bytes.pointer, bytes.length);
  return status == Status.Ok || hostRefused(utf8("proxy_set_buffer_bytes"), status);
}
