import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { sameBytes } from "../abi/compare";
import { Headers } from "../http/headers";

/** Whether two views hold the same bytes. Returns at the first difference: not for secrets. */
export function areEqual(a: Bytes, b: Bytes): bool {
  return a.length == b.length && sameBytes(a.pointer, b.pointer, a.length);
}

/**
 * The value of a field with all its lines joined by a comma and a blank (RFC 9110, section 5.3), by its name in lower case;
 * null where there is none. `host` is what routes the request. Pseudo-headers are no fields.
 */
export function wholeValueOf(headers: Headers, name: Bytes): Bytes | null {
  if (name.length == 0 || name.at(0) == 0x3a) return null;
  if (name.equals("host")) return headers.onlyBytes(":authority");
  const lines = headers.entries();
  let size: usize = 0;
  while (lines.next()) if (areEqual(lines.nameBytes, name)) size += lines.valueBytes.length + 2;
  if (size == 0) return null;
  const whole = take(size);
  let end = whole;
  lines.rewind();
  while (lines.next()) {
    if (!areEqual(lines.nameBytes, name)) continue;
    if (end > whole) store<u16>(end - 2, 0x202c);
    memory.copy(end, lines.valueBytes.pointer, lines.valueBytes.length);
    end += lines.valueBytes.length + 2;
  }
  return Bytes.view(whole, size - 2);
}

/** The bytes with ASCII letters in lower case. */
export function inLowerCase(bytes: Bytes): Bytes {
  const size: usize = bytes.length;
  const lower = take(size);
  for (let i: usize = 0; i < size; ++i) {
    const byte: u32 = load<u8>(bytes.pointer + i);
    store<u8>(lower + i, byte - 0x41 < 26 ? byte | 0x20 : byte);
  }
  return Bytes.view(lower, size);
}
