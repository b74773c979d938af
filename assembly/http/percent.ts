import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { hexDigit } from "../abi/digits";

/** Bytes with their percent escapes resolved (RFC 3986, section 2.1); what is no escape stays as it is. */
export function percentDecoded(bytes: Bytes): Bytes {
  if (bytes.indexOf(0x25) < 0) return bytes;
  const start = take(bytes.length);
  let to = start;
  for (let i = 0; i < bytes.length; ++i) {
    const code = bytes.at(i) == 0x25 ? escapeAt(bytes, i) : -1;
    if (code >= 0) i += 2;
    store<u8>(to++, code >= 0 ? <u8>code : bytes.at(i));
  }
  return Bytes.view(start, to - start);
}

function escapeAt(bytes: Bytes, index: i32): i32 {
  if (index + 2 >= bytes.length) return -1;
  const high = hexDigit(bytes.at(index + 1));
  const low = hexDigit(bytes.at(index + 2));
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

/** Bytes with all that is not unreserved (RFC 3986, section 2.3) in percent escapes. */
export function percentEncoded(bytes: Bytes): Bytes {
  const start = take(bytes.length * 3);
  let to = start;
  for (let i = 0; i < bytes.length; ++i) {
    const byte: u32 = bytes.at(i);
    if (isUnreserved(byte)) store<u8>(to++, <u8>byte);
    else {
      store<u8>(to, 0x25);
      store<u8>(to, digitOf(byte >> 4), 1);
      store<u8>(to, digitOf(byte & 15), 2);
      to += 3;
    }
  }
  return Bytes.view(start, to - start);
}

function isUnreserved(byte: u32): bool {
  const isWord = (byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10;
  return isWord || byte == 0x2d || byte == 0x2e || byte == 0x5f || byte == 0x7e;
}

function digitOf(value: u32): u8 {
  return <u8>(value < 10 ? 0x30 + value : 0x37 + value);
}
