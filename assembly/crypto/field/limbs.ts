import { fromLimbs } from "../numbers/bytes";

// What numbers of limbs of 29 bits in 64 share, the lowest first: sums and differences, carried or not, and smallest residues.
// Limbs may be negative; of a carried number only the last one may, and the others are below 2^29. `last` is where the last
// limb is, in bytes. Numbers take whole vectors: behind nine limbs there is room for a tenth, which nobody reads.

/** Bits of a limb. */
export const LIMB: i32 = 29;
const BITS: i64 = LIMB;
const MASK: i64 = (1 << LIMB) - 1;

/** No limb is anything. */
export const ZERO = memory.data(112, 16);

export class Uncarried {
  /** a - b */
  @inline
  static subtract(to: usize, a: usize, b: usize, last: usize): void {
    for (let i: usize = 0; i <= last; i += 16) {
      v128.store(to + i, i64x2.sub(v128.load(a + i), v128.load(b + i)));
    }
  }

  /** a + b */
  @inline
  static add(to: usize, a: usize, b: usize, last: usize): void {
    for (let i: usize = 0; i <= last; i += 16) {
      v128.store(to + i, i64x2.add(v128.load(a + i), v128.load(b + i)));
    }
  }
}

/** a + b, carried. */
export function sum(to: usize, a: usize, b: usize, last: usize): void {
  let sum: i64 = 0;
  for (let i: usize = 0; i < last; i += 8) {
    sum += load<i64>(a + i) + load<i64>(b + i);
    store<i64>(to + i, sum & MASK);
    sum >>= BITS;
  }
  store<i64>(to + last, load<i64>(a + last) + load<i64>(b + last) + sum);
}

/** a - b, carried. */
export function difference(to: usize, a: usize, b: usize, last: usize): void {
  let sum: i64 = 0;
  for (let i: usize = 0; i < last; i += 8) {
    sum += load<i64>(a + i) - load<i64>(b + i);
    store<i64>(to + i, sum & MASK);
    sum >>= BITS;
  }
  store<i64>(to + last, load<i64>(a + last) - load<i64>(b + last) + sum);
}

/** a - b - 2c, carried. */
export function lessTwice(to: usize, a: usize, b: usize, c: usize, last: usize): void {
  let sum: i64 = 0;
  for (let i: usize = 0; i < last; i += 8) {
    sum += load<i64>(a + i) - load<i64>(b + i) - (load<i64>(c + i) << 1);
    store<i64>(to + i, sum & MASK);
    sum >>= BITS;
  }
  store<i64>(to + last, load<i64>(a + last) - load<i64>(b + last) - (load<i64>(c + last) << 1) + sum);
}

/** Makes a number that is a few times a prime above or below zero its smallest residue, carried. */
export function settle(number: usize, prime: usize, last: usize): void {
  sum(number, number, ZERO, last);
  while (load<i64>(number + last) < 0) sum(number, number, prime, last);
  while (!isLess(number, prime, last)) difference(number, number, prime, last);
}

function isLess(number: usize, prime: usize, last: usize): bool {
  for (let i = last; i > 0; i -= 8) {
    const limb = load<i64>(number + i);
    const most = load<i64>(prime + i);
    if (limb != most) return limb < most;
  }
  return load<i64>(number) < load<i64>(prime);
}

/** Whether a smallest residue is zero. */
export function isNothing(number: usize, last: usize): bool {
  let bits: i64 = 0;
  for (let i: usize = 0; i <= last; i += 8) bits |= load<i64>(number + i);
  return bits == 0;
}

/** Keeps a smallest residue in half the memory. */
export function pack(to: usize, number: usize, last: usize): void {
  for (let i: usize = 0; i <= last; i += 8) store<u32>(to + (i >> 1), <u32>load<i64>(number + i));
}

export class Packed {
  /** Takes a kept number out, negated or not: then without carries. Reads up to 4 bytes behind it. */
  @inline
  static take(to: usize, from: usize, last: usize, negated: bool): void {
    if (negated) {
      for (let i: usize = 0; i <= last; i += 16)
        v128.store(to + i, i64x2.neg(v128.load32x2_u(from + (i >> 1))));
    } else {
      for (let i: usize = 0; i <= last; i += 16) v128.store(to + i, v128.load32x2_u(from + (i >> 1)));
    }
  }
}

/** Writes a smallest residue as bytes, big-endian. */
export function writeLimbs(number: usize, to: usize, bytes: usize): void {
  fromLimbs<u64>(number, <u32>BITS, to, bytes);
}
