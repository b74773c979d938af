import { Standard, UrlSafe } from "./base64-alphabets";

// Base64 (RFC 4648), sixteen characters at a time. Results may overwrite up to 16 bytes behind the last one: rooms have them.
// A result may replace its text, since it never overtakes it.

/** Bytes behind a result that decoding may overwrite. */
export const BASE64_SLACK: i32 = 16;

const TAIL = memory.data(16, 16);

/**
 * Decodes base64 with padding (RFC 4648 section 4) strictly: nothing but the alphabet, padded to whole groups of four, unused
 * bits zero (section 3.5). Returns the result's size, or -1 where the text is not of that form: each result has one text.
 */
export function decodeBase64(from: usize, size: usize, to: usize): i32 {
  if ((size & 3) != 0) return -1;
  if (size == 0) return 0;
  const padding = paddingOf(from, size);
  return decode<Standard>(from, size - padding, to, true);
}

/** Decodes base64url without padding, as JWS and JWK write it (RFC 7515 section 2), as strictly. */
export function decodeBase64Url(from: usize, size: usize, to: usize): i32 {
  return decode<UrlSafe>(from, size, to, true);
}

/**
 * Decodes base64 as people write it, for settings and PEM: either alphabet, white space anywhere, padding or none, unused
 * bits ignored. Never for what a client sends: several texts stand for one result. `to` needs room for the text.
 */
export function decodeBase64Leniently(from: usize, size: usize, to: usize): i32 {
  const count = withoutBlanks(from, size, to);
  for (let at = to; at < to + count; ++at) {
    if (load<u8>(at) == 0x2d) store<u8>(at, 0x2b);
    else if (load<u8>(at) == 0x5f) store<u8>(at, 0x2f);
  }
  const padding = paddingOf(to, count);
  if (padding > 0 && (count & 3) != 0) return -1;
  return decode<Standard>(to, count - padding, to, false);
}

/** Copies a text without its white space, and returns how many bytes are left. */
export function withoutBlanks(from: usize, size: usize, to: usize): usize {
  let count: usize = 0;
  for (let at = from; at < from + size; ++at) {
    const byte: u32 = load<u8>(at);
    if (byte == 0x20 || byte - 9 < 5) continue;
    store<u8>(to + count, <u8>byte);
    ++count;
  }
  return count;
}

function paddingOf(from: usize, size: usize): usize {
  if (size < 2 || load<u8>(from + size - 1) != 0x3d) return 0;
  return load<u8>(from + size - 2) == 0x3d ? 2 : 1;
}

function decode<A>(from: usize, size: usize, to: usize, strict: bool): i32 {
  const alphabet = changetype<A>(0);
  const rest = size & 15;
  const whole = from + size - rest;
  const result = (size * 3) >> 2;
  let out = to;
  let valid = (size & 3) != 1;
  for (; valid && from < whole; from += 16, out += 12) valid = alphabet.decode(from, out);
  if (!valid || rest == 0) return valid ? <i32>result : -1;

  v128.store(TAIL, i8x16.splat(0x41)); // "A" stands for zero bits
  let i = rest & 8;
  if (i > 0) store<u64>(TAIL, load<u64>(from));
  if ((rest & 4) > 0) store<u32>(TAIL + i, load<u32>(from + i));
  for (i += rest & 4; i < rest; ++i) store<u8>(TAIL + i, load<u8>(from + i));
  if (!alphabet.decode(TAIL, out)) return -1;
  return strict && (size & 3) != 0 && load<u8>(to + result) != 0 ? -1 : <i32>result;
}
