import { ZERO } from "../field/limbs";
import { isBelow } from "../numbers/bytes";
import { D, ROOT_OF_MINUS_ONE } from "./constants";
import { Ed, ONE, PRIME_BYTES, isZero, multiply, powerForRoot, read, square, write } from "./field";

/** Copies 32 bytes in reverse: EdDSA has its numbers little-endian. */
export function reverse(to: usize, from: usize): void {
  for (let i: usize = 0; i < 32; i += 8) store<u64>(to + 24 - i, bswap<u64>(load<u64>(from + i)));
}

const BYTES = memory.data(32);
const U = memory.data(80, 16);
const V = memory.data(80, 16);
const ROOT = memory.data(80, 16);
const CHECK = memory.data(80, 16);

/**
 * Decodes a point (RFC 8032, section 5.1.3) into affine coordinates. False where y is not below the prime, no x belongs to
 * it, or the sign is that of another x than zero.
 */
export function decodePoint(from: usize, x: usize, y: usize): bool {
  reverse(BYTES, from);
  const isNegative = load<u8>(BYTES) >> 7 == 1;
  store<u8>(BYTES, load<u8>(BYTES) & 0x7f);
  if (!isBelow(BYTES, PRIME_BYTES, 32)) return false;
  read(y, BYTES);
  if (!findX(x, y)) return false;
  write(x, BYTES);
  if ((load<u8>(BYTES + 31) & 1) == <u8>isNegative) return true;
  if (isZero(x)) return false;
  Ed.difference(x, ZERO, x);
  return true;
}

/** A square root of u/v = (y² - 1) / (dy² + 1), as u v³ (u v⁷)^((p - 5) / 8) or that times a root of -1. */
function findX(x: usize, y: usize): bool {
  square(U, y);
  multiply(V, U, D);
  Ed.difference(U, U, ONE);
  Ed.sum(V, V, ONE);
  square(CHECK, V);
  multiply(ROOT, CHECK, V);
  multiply(x, U, ROOT);
  square(CHECK, CHECK);
  multiply(ROOT, CHECK, x);
  powerForRoot(ROOT, ROOT);
  multiply(x, x, ROOT);

  square(CHECK, x);
  multiply(CHECK, CHECK, V);
  Ed.subtractUncarried(ROOT, CHECK, U);
  if (isZero(ROOT)) return true;
  multiply(x, x, ROOT_OF_MINUS_ONE);
  Ed.addUncarried(ROOT, CHECK, U);
  return isZero(ROOT);
}
