import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { hexDigit } from "../abi/digits";
import { areEqual } from "./field-value";

const AND: u8 = 0x26;
const EQUALS: u8 = 0x3d;

/**
 * The value of a parameter of a query as signatures have it (RFC 9421, section 2.2.8): read as forms are, and then escaped
 * anew in the only way. `name` is escaped like that, too. Null where there is no such parameter, or more than one.
 */
export function onlyFormValue(query: Bytes, name: Bytes): Bytes | null {
  let value: Bytes | null = null;
  for (let from = 0; from <= query.length; ) {
    const found = query.indexOf(AND, from);
    const part = query.slice(from, found < 0 ? query.length : found);
    from += part.length + 1;
    const middle = part.indexOf(EQUALS);
    const end = middle < 0 ? part.length : middle;
    if (part.length == 0 || !areEqual(escapedAnew(part.slice(0, end)), name)) continue;
    if (value !== null) return null;
    value = escapedAnew(part.slice(end + 1));
  }
  return value;
}

function escapedAnew(part: Bytes): Bytes {
  const start = take(<usize>part.length * 3);
  let to = start;
  for (let i = 0; i < part.length; ++i) {
    let byte: u32 = part.at(i);
    if (byte == 0x2b) byte = 0x20;
    if (byte == 0x25 && i + 2 < part.length) {
      const code = (hexDigit(part.at(i + 1)) << 4) | hexDigit(part.at(i + 2));
      if (code >= 0) {
        byte = code;
        i += 2;
      }
    }
    to = put(byte, to);
  }
  return Bytes.view(start, to - start);
}

/** Letters, digits, `*`, `-`, `.` and `_` stand for themselves. */
function put(byte: u32, to: usize): usize {
  const isPlain = byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26;
  if (isPlain || byte == 0x2a || byte == 0x2d || byte == 0x2e || byte == 0x5f) {
    store<u8>(to, byte);
    return to + 1;
  }
  store<u8>(to, 0x25);
  store<u8>(to, digit(byte >> 4), 1);
  store<u8>(to, digit(byte & 15), 2);
  return to + 3;
}

function digit(value: u32): u32 {
  return value < 10 ? 0x30 + value : 0x37 + value;
}
