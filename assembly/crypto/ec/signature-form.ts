// The two forms of an ECDSA signature for curves of up to 384 bits: r and s one after the other, each as long as the order
// (RFC 7518, section 3.4), and the DER of SEQUENCE { r INTEGER, s INTEGER } (RFC 3279, section 2.2.3), which is short enough
// for lengths of one byte.

/** Bytes of the longest signature in DER, and of the longest one after the other. */
export const DER_SIGNATURE_MAX: i32 = 104;
export const RAW_SIGNATURE_MAX: i32 = 96;

const SEQUENCE: u32 = 0x30;
const INTEGER: u32 = 0x02;

/**
 * Writes a signature in DER as r and s of `bytes` each. False unless it is strict DER of two numbers that are not negative and
 * have room: no other encoding of the same numbers, nothing behind them.
 */
export function fromDer(from: usize, size: usize, to: usize, bytes: usize): bool {
  if (size < 8 || size > <usize>DER_SIGNATURE_MAX) return false;
  if (load<u8>(from) != SEQUENCE || load<u8>(from, 1) != size - 2) return false;
  const end = from + size;
  const s = integer(from + 2, end, to, bytes);
  return s != 0 && integer(s, end, to + bytes, bytes) == end;
}

/** Writes r and s of `bytes` each as DER, and returns its size. */
export function toDer(from: usize, bytes: usize, to: usize): usize {
  const s = putInteger(to + 2, from, bytes);
  const end = putInteger(s, from + bytes, bytes);
  store<u8>(to, SEQUENCE);
  store<u8>(to, <u8>(end - to - 2), 1);
  return end - to;
}

/** Copies the INTEGER at `at`, and returns where it ends; 0 where it is none, or not the shortest. */
function integer(at: usize, end: usize, to: usize, bytes: usize): usize {
  if (end - at < 3 || load<u8>(at) != INTEGER) return 0;
  const size = <usize>load<u8>(at, 1);
  let number = at + 2;
  const after = number + size;
  const first: u32 = load<u8>(number);
  if (size == 0 || size > end - number || first > 0x7f) return 0;
  if (first == 0 && size > 1) {
    if (load<u8>(number, 1) < 0x80) return 0;
    ++number;
  }
  if (after - number > bytes) return 0;
  memory.fill(to, 0, bytes);
  memory.copy(to + bytes - (after - number), number, after - number);
  return after;
}

function putInteger(at: usize, number: usize, bytes: usize): usize {
  for (; bytes > 1 && load<u8>(number) == 0; --bytes) ++number;
  const sign = <usize>(load<u8>(number) >> 7);
  store<u8>(at, INTEGER);
  store<u8>(at, <u8>(bytes + sign), 1);
  store<u8>(at, 0, 2);
  memory.copy(at + 2 + sign, number, bytes);
  return at + 2 + sign + bytes;
}
