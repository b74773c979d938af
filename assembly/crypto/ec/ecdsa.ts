import { isBelow, isZero } from "../numbers/bytes";
import { invert } from "../numbers/inverse";
import { recode } from "./digits";
import { EcKey } from "./key";
import { Point } from "./point";
import { addFromTable } from "./table";

const INVERSE = memory.data(64, 16);
const FACTOR = memory.data(64, 16);
const MULTIPLIER = memory.data(64, 16);
const SUM = memory.data(352, 16);
const LEFT = memory.data(112, 16);
const SQUARE = memory.data(112, 16);
const CANDIDATE = memory.data(48);

/**
 * ECDSA (FIPS 186-4, section 6.4; SEC 1, section 4.1.4): whether a signature, r and s one after the other as in RFC 7518
 * section 3.4, is that of a message with this digest. A digest longer than the order counts with its leftmost bits.
 */
export function verifyEcdsa<C>(
  key: EcKey<C>,
  digest: usize,
  digestSize: usize,
  signature: usize,
  size: usize,
): bool {
  const c = changetype<C>(0);
  const bytes = c.field.bytes;
  const s = signature + bytes;
  if (size != bytes * 2 || !isScalar<C>(signature) || !isScalar<C>(s)) return false;

  const order = key.curve.order;
  invert(c.order, s, bytes, MULTIPLIER);
  order.load(MULTIPLIER, bytes, INVERSE);
  order.multiply(INVERSE, INVERSE, order.square);
  const sum = changetype<Point<C>>(SUM);
  sum.isInfinite = true;
  recodeQuotient<C>(key, signature, bytes);
  key.addTo(sum);
  recodeQuotient<C>(key, digest, min(digestSize, bytes));
  addFromTable<C>(sum, key.curve.base);
  return !sum.isInfinite && hasX<C>(sum, signature);
}

/** Whether a number is from 1 to the order less 1. */
function isScalar<C>(number: usize): bool {
  const bytes = changetype<C>(0).field.bytes;
  return !isZero(number, bytes) && isBelow(number, changetype<C>(0).order, bytes);
}

/** Takes number / s modulo the order apart into digits. */
function recodeQuotient<C>(key: EcKey<C>, number: usize, size: usize): void {
  const order = key.curve.order;
  const bytes = changetype<C>(0).field.bytes;
  order.load(number, size, FACTOR);
  order.multiply(FACTOR, FACTOR, INVERSE);
  order.write(FACTOR, MULTIPLIER, bytes);
  recode(MULTIPLIER, bytes, changetype<C>(0).width);
}

/** Whether a point's x, modulo the order, is r: the x is r, or r and the order where that is still below the prime. */
function hasX<C>(point: Point<C>, r: usize): bool {
  const c = changetype<C>(0);
  c.field.square(SQUARE, point.z);
  if (isX<C>(point, r)) return true;
  return addOrder<C>(r) && isX<C>(point, CANDIDATE);
}

/** x is X / Z²: comparing with x Z² spares the division. */
function isX<C>(point: Point<C>, x: usize): bool {
  const f = changetype<C>(0).field;
  f.read(LEFT, x);
  f.multiply(LEFT, LEFT, SQUARE);
  f.subtract(LEFT, LEFT, point.x);
  return f.isZero(LEFT);
}

/** Writes r and the order as the candidate; false where that is not below the prime. */
function addOrder<C>(r: usize): bool {
  const c = changetype<C>(0);
  const bytes = c.field.bytes;
  let sum: u32 = 0;
  for (let i = bytes; i > 0; --i) {
    sum += <u32>load<u8>(r + i - 1) + load<u8>(c.order + i - 1);
    store<u8>(CANDIDATE + i - 1, <u8>sum);
    sum >>= 8;
  }
  return sum == 0 && isBelow(CANDIDATE, c.prime, bytes);
}
