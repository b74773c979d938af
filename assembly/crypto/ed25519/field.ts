import { toLimbs } from "../numbers/bytes";
import { invert } from "../numbers/inverse";
import * as limbs from "../field/limbs";
import { multiply25519 } from "../field/product25519";

// The field of Curve25519 (RFC 7748, section 4.1): numbers modulo 2^255 - 19, on limbs of 29 bits.

/** Where the last limb is. */
const LAST: usize = 64;

/** The prime, big-endian and in limbs. */
export const PRIME_BYTES = memory.data<u8>([
  0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xed,
]);
const PRIME = memory.data<i64>(
  [536870893, 536870911, 536870911, 536870911, 536870911, 536870911, 536870911, 536870911, 8388607, 0],
  16,
);
export const ONE = memory.data<i64>([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 16);
const SETTLED = memory.data(80, 16);
const BASE = memory.data(80, 16);
const NUMBER = memory.data(32);

export function multiply(to: usize, a: usize, b: usize): void {
  multiply25519(to, a, b);
}

/** Sums and differences: carried, or for factors alone not. */
export class Ed {
  @inline
  static sum(to: usize, a: usize, b: usize): void {
    limbs.sum(to, a, b, LAST);
  }

  @inline
  static difference(to: usize, a: usize, b: usize): void {
    limbs.difference(to, a, b, LAST);
  }

  @inline
  static addUncarried(to: usize, a: usize, b: usize): void {
    limbs.Uncarried.add(to, a, b, LAST);
  }

  @inline
  static subtractUncarried(to: usize, a: usize, b: usize): void {
    limbs.Uncarried.subtract(to, a, b, LAST);
  }

  /** Keeps a smallest residue in 36 bytes. */
  @inline
  static keep(to: usize, a: usize): void {
    limbs.pack(to, a, LAST);
  }

  /** Takes a kept number out, negated or not, uncarried. Reads 4 bytes behind it. */
  @inline
  static take(to: usize, from: usize, negated: bool): void {
    limbs.Packed.take(to, from, LAST, negated);
  }
}

export function square(to: usize, a: usize): void {
  multiply25519(to, a, a);
}

/** Reads a big-endian number below 2^255. */
export function read(to: usize, from: usize): void {
  toLimbs<u64>(from, 32, to, 9, limbs.LIMB);
}

/** Writes a number's smallest residue as 32 bytes, big-endian. */
export function write(a: usize, to: usize): void {
  settleTo(SETTLED, a);
  limbs.writeLimbs(SETTLED, to, 32);
}

/** Writes a number's smallest residue in limbs. */
export function settleTo(to: usize, a: usize): void {
  multiply(to, a, ONE);
  limbs.settle(to, PRIME, LAST);
}

/** Whether a number, or a difference of two, is a multiple of the prime. */
export function isZero(a: usize): bool {
  settleTo(SETTLED, a);
  return limbs.isNothing(SETTLED, LAST);
}

/** to = 1 / a; of zero it is zero. */
export function inverse(to: usize, a: usize): void {
  write(a, NUMBER);
  invert(PRIME_BYTES, NUMBER, 32, NUMBER);
  read(to, NUMBER);
}

/** to = a^(2^252 - 3), from which RFC 8032, section 5.1.3, takes square roots. */
export function powerForRoot(to: usize, a: usize): void {
  memory.copy(BASE, a, 72);
  memory.copy(to, a, 72);
  for (let bit = 250; bit >= 0; --bit) {
    square(to, to);
    if (bit != 1) multiply(to, to, BASE);
  }
}
