import { take } from "./arena";
import { Bytes } from "./bytes";
import { sequenceAt } from "./text";

const MARK: u8 = 0x21;

/**
 * These bytes as UTF-8, valid until the callback returns: each byte that belongs to no character becomes an exclamation
 * mark, as Envoy has it. For formats that hold text only; a header takes any bytes.
 */
export function cleaned(bytes: Bytes): Bytes {
  const from = bytes.pointer;
  const end = from + bytes.length;
  const start = take(bytes.length);
  for (let at = from, to = start; at < end; ) {
    const size = sequenceAt(at, end);
    if (size == 0) store<u8>(to, MARK);
    else memory.copy(to, at, size);
    to += max(size, 1);
    at += max(size, 1);
  }
  return Bytes.view(start, bytes.length);
}
