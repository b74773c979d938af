import { fromLimbs } from "../numbers/bytes";

// What the fields of nine limbs of 29 bits share: sums and differences, carried or not, and smallest residues. Limbs may be
// negative; of a carried number only the last one may, and the others are below 2^29.

const MASK: i64 = 0x1fffffff;
const BITS: i64 = 29;
/** Where the last limb is. */
const LAST: usize = 64;

export const ZERO9 = memory.data(72, 16);

export class Limbs9 {
  /** a - b without carries. */
  @inline
  static subtract(to: usize, a: usize, b: usize): void {
    for (let i: usize = 0; i < LAST; i += 16) {
      v128.store(to + i, i64x2.sub(v128.load(a + i), v128.load(b + i)));
    }
    store<i64>(to, load<i64>(a, LAST) - load<i64>(b, LAST), LAST);
  }

  /** a + b without carries. */
  @inline
  static add(to: usize, a: usize, b: usize): void {
    for (let i: usize = 0; i < LAST; i += 16) {
      v128.store(to + i, i64x2.add(v128.load(a + i), v128.load(b + i)));
    }
    store<i64>(to, load<i64>(a, LAST) + load<i64>(b, LAST), LAST);
  }
}

/** a + b, carried. */
export function sum9(to: usize, a: usize, b: usize): void {
  let sum: i64 = 0;
  for (let i: usize = 0; i < LAST; i += 8) {
    sum += load<i64>(a + i) + load<i64>(b + i);
    store<i64>(to + i, sum & MASK);
    sum >>= BITS;
  }
  store<i64>(to, load<i64>(a, LAST) + load<i64>(b, LAST) + sum, LAST);
}

/** a - b, carried. */
export function difference9(to: usize, a: usize, b: usize): void {
  let sum: i64 = 0;
  for (let i: usize = 0; i < LAST; i += 8) {
    sum += load<i64>(a + i) - load<i64>(b + i);
    store<i64>(to + i, sum & MASK);
    sum >>= BITS;
  }
  store<i64>(to, load<i64>(a, LAST) - load<i64>(b, LAST) + sum, LAST);
}

/** a - b - 2c, carried. */
export function lessTwice9(to: usize, a: usize, b: usize, c: usize): void {
  let sum: i64 = 0;
  for (let i: usize = 0; i < LAST; i += 8) {
    sum += load<i64>(a + i) - load<i64>(b + i) - (load<i64>(c + i) << 1);
    store<i64>(to + i, sum & MASK);
    sum >>= BITS;
  }
  store<i64>(to, load<i64>(a, LAST) - load<i64>(b, LAST) - (load<i64>(c, LAST) << 1) + sum, LAST);
}

/** Makes a number that is a few times a prime above or below zero its smallest residue, carried. */
export function settle9(number: usize, prime: usize): void {
  sum9(number, number, ZERO9);
  while (load<i64>(number, LAST) < 0) sum9(number, number, prime);
  while (!isBelow9(number, prime)) difference9(number, number, prime);
}

function isBelow9(number: usize, prime: usize): bool {
  for (let i: usize = LAST; i > 0; i -= 8) {
    const limb = load<i64>(number + i);
    const most = load<i64>(prime + i);
    if (limb != most) return limb < most;
  }
  return load<i64>(number) < load<i64>(prime);
}

/** Whether a number that is its smallest residue is zero. */
export function isZero9(number: usize): bool {
  let bits: i64 = 0;
  for (let i: usize = 0; i <= LAST; i += 8) bits |= load<i64>(number + i);
  return bits == 0;
}

/** Keeps a smallest residue in 36 bytes. */
export function pack9(to: usize, number: usize): void {
  for (let i: usize = 0; i <= LAST; i += 8) store<u32>(to + (i >> 1), <u32>load<i64>(number + i));
}

/** Takes a kept number out, negated or not: then without carries. */
export function unpack9(to: usize, from: usize, negated: bool): void {
  if (negated) {
    for (let i: usize = 0; i < LAST; i += 16) v128.store(to + i, i64x2.neg(v128.load32x2_u(from + (i >> 1))));
    store<i64>(to, -(<i64>load<u32>(from, LAST / 2)), LAST);
  } else {
    for (let i: usize = 0; i < LAST; i += 16) v128.store(to + i, v128.load32x2_u(from + (i >> 1)));
    store<i64>(to, <i64>load<u32>(from, LAST / 2), LAST);
  }
}

/** Writes a smallest residue as 32 bytes, big-endian. */
export function write9(number: usize, to: usize): void {
  fromLimbs<u64>(number, <u32>BITS, to, 32);
}
