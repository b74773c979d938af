import { sizeOf } from "./wire";

/** Whether `size` bytes are this encoded text. Returns at the first difference: not for secrets. */
export function isEncoded(at: usize, size: usize, text: usize): bool {
  return size == sizeOf(text) && sameBytes(at, text, size);
}

/** Whether two runs of bytes are equal. Returns at the first difference: not for secrets. */
export function sameBytes(a: usize, b: usize, size: usize): bool {
  if (size < 8) {
    for (let i: usize = 0; i < size; ++i) if (load<u8>(a + i) != load<u8>(b + i)) return false;
    return true;
  }
  const last = size - 8;
  for (let i: usize = 0; i < last; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return load<u64>(a + last) == load<u64>(b + last);
}
