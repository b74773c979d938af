import { Bytes } from "../abi/bytes";
import { Bits } from "./huffman";
import * as deflate from "./inflate";

/** No limit goes beyond this: the bytes have to find room in the module's memory, 16 MiB in all. */
const MOST = 4 * 1024 * 1024;

/**
 * Unpacks zlib's format (RFC 1950) into at most `limit` bytes, and never more than 4 MiB, valid until the callback returns.
 * Null: it is not that format, is damaged or cut short, or more would come out. It is done in the module, so that a few bytes
 * that unpack to a flood cost no more than the limit.
 */
export function uncompress(bytes: Bytes, limit: i32): Bytes | null {
  const size: usize = bytes.length;
  if (size < 6 || limit < 0 || !isHeader(bytes.at(0), bytes.at(1))) return null;
  Bits.begin(bytes.pointer + 2, size - 2);
  if (!deflate.inflate(size * 4, min(limit, MOST))) return null;
  if (checksum(deflate.out, deflate.outSize) != statedChecksum() || Bits.overrun) return null;
  return Bytes.view(deflate.out, deflate.outSize);
}

/** Deflate, no dictionary of its own, and a check over both bytes. */
function isHeader(method: u32, flags: u32): bool {
  return (method & 15) == 8 && method >> 4 <= 7 && (flags & 0x20) == 0 && ((method << 8) | flags) % 31 == 0;
}

function statedChecksum(): u32 {
  let sum: u32 = 0;
  for (let i = 0; i < 4; ++i) sum = (sum << 8) | Bits.nextByte();
  return sum;
}

/** Adler-32. */
function checksum(at: usize, size: usize): u32 {
  let a: u32 = 1;
  let b: u32 = 0;
  for (const end = at + size; at < end; ) {
    // So many additions fit before a remainder has to be taken.
    for (const stop = min(end, at + 5552); at < stop; ++at) {
      a += load<u8>(at);
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return (b << 16) | a;
}
