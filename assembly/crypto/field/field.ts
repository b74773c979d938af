import { toLimbs } from "../numbers/bytes";
import * as limbs from "./limbs";

const SCRATCH = memory.data(112, 16);

/**
 * A prime field in Montgomery form, on limbs of 29 bits: a handle without memory of its own, for formulas that hold for
 * several fields. `P` says what its prime is like: Prime256, Prime384.
 */
@unmanaged
export class Field<P> {
  @inline private get p(): P {
    return changetype<P>(0);
  }

  /** Bytes of a number in computations, of one that is kept, and of one on its way. */
  @inline get size(): usize {
    return (this.p.last + 16) & ~15;
  }
  @inline get kept(): usize {
    return (this.p.last + 8) >> 1;
  }
  @inline get bytes(): usize {
    return this.p.bytes;
  }
  @inline get one(): usize {
    return this.p.one;
  }

  @inline
  multiply(to: usize, a: usize, b: usize): void {
    this.p.multiply(to, a, b);
  }

  @inline
  square(to: usize, a: usize): void {
    this.p.square(to, a);
  }

  /** a - b as a factor: nothing but `multiply`, `square`, `copy` and `isZero` may take it. */
  @inline
  subtract(to: usize, a: usize, b: usize): void {
    limbs.Uncarried.subtract(to, a, b, this.p.last);
  }

  /** A factor as a number. */
  @inline
  copy(to: usize, a: usize): void {
    limbs.sum(to, a, limbs.ZERO, this.p.last);
  }

  @inline
  sum(to: usize, a: usize, b: usize): void {
    limbs.sum(to, a, b, this.p.last);
  }

  @inline
  difference(to: usize, a: usize, b: usize): void {
    limbs.difference(to, a, b, this.p.last);
  }

  /** a - b - 2c */
  @inline
  lessTwice(to: usize, a: usize, b: usize, c: usize): void {
    limbs.lessTwice(to, a, b, c, this.p.last);
  }

  /**
   * Whether a number between -16 and 16 times the prime is a multiple of it. The primes are -1 modulo 2^29: k times one of
   * them ends in -k, which few numbers do.
   */
  isZero(a: usize): bool {
    if (((load<i64>(a) + 16) & 0x1fffffff) > 32) return false;
    this.copy(SCRATCH, a);
    limbs.settle(SCRATCH, this.p.prime, this.p.last);
    return limbs.isNothing(SCRATCH, this.p.last);
  }

  /** Keeps a number in half the memory. */
  keep(to: usize, a: usize): void {
    this.multiply(SCRATCH, a, this.p.one);
    limbs.settle(SCRATCH, this.p.prime, this.p.last);
    limbs.pack(to, SCRATCH, this.p.last);
  }

  /** Takes a kept number out, negated or not, as a factor. */
  @inline
  take(to: usize, from: usize, negated: bool): void {
    limbs.Packed.take(to, from, this.p.last, negated);
  }

  /** Reads a big-endian number as long as the prime. */
  read(to: usize, from: usize): void {
    toLimbs<u64>(from, this.p.bytes, to, <i32>(this.p.last >> 3) + 1, limbs.LIMB);
    this.multiply(to, to, this.p.unit);
  }

  /** Writes a number as long as the prime, big-endian. */
  write(a: usize, to: usize): void {
    this.multiply(SCRATCH, a, PLAIN_ONE);
    limbs.settle(SCRATCH, this.p.prime, this.p.last);
    limbs.writeLimbs(SCRATCH, to, this.p.bytes);
  }
}

const PLAIN_ONE = memory.data<i64>([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 16);
