import { toLimbs } from "../numbers/bytes";
import {
  Limbs9,
  ZERO9,
  difference9,
  isZero9,
  lessTwice9,
  pack9,
  settle9,
  sum9,
  unpack9,
  write9,
} from "./limbs9";
import { multiply9, square9 } from "./product9";
import { reduce256 } from "./reduce256";

const PRIME = memory.data<i64>([536870911, 536870911, 536870911, 511, 0, 0, 262144, 534773760, 16777215], 16);
/** 2^261 and 2^522 modulo the prime: 1 and 2^261 in Montgomery form. */
const ONE = memory.data<i64>([32, 0, 0, 536854528, 536870911, 536870911, 528482303, 67108863, 0], 16);
const SQUARE = memory.data<i64>(
  [3072, 0, 536805376, 534773759, 532676607, 536870911, 536870911, 536870910, 19],
  16,
);
const PLAIN_ONE = memory.data<i64>([1, 0, 0, 0, 0, 0, 0, 0, 0], 16);
const SCRATCH = memory.data(80, 16);

/**
 * The field of P-256 (FIPS 186-4, D.1.2.3): numbers modulo 2^256 - 2^224 + 2^192 + 2^96 - 1 in Montgomery form, R = 2^261. A
 * handle without memory of its own, for formulas that hold for several fields.
 */
@unmanaged
export class Field256 {
  /** Bytes of a number in computations, of one that is kept, and of one on its way. */
  @inline get size(): usize {
    return 80;
  }
  @inline get kept(): usize {
    return 36;
  }
  @inline get bytes(): usize {
    return 32;
  }
  @inline get one(): usize {
    return ONE;
  }

  prepare(): void {}

  @inline
  multiply(to: usize, a: usize, b: usize): void {
    multiply9(a, b);
    reduce256(to);
  }

  @inline
  square(to: usize, a: usize): void {
    square9(a);
    reduce256(to);
  }

  /** a - b as a factor: nothing but `multiply`, `square` and `isZero` may take it. */
  @inline
  subtract(to: usize, a: usize, b: usize): void {
    Limbs9.subtract(to, a, b);
  }

  @inline
  sum(to: usize, a: usize, b: usize): void {
    sum9(to, a, b);
  }

  @inline
  difference(to: usize, a: usize, b: usize): void {
    difference9(to, a, b);
  }

  /** a - b - 2c */
  @inline
  lessTwice(to: usize, a: usize, b: usize, c: usize): void {
    lessTwice9(to, a, b, c);
  }

  /** Whether a number between -16 and 16 times the prime is a multiple of it: k times it ends in -k, which few numbers do. */
  isZero(a: usize): bool {
    if (((load<i64>(a) + 16) & 0x1fffffff) > 32) return false;
    sum9(SCRATCH, a, PRIME);
    settle9(SCRATCH, PRIME);
    return isZero9(SCRATCH);
  }

  /** A factor as a number. */
  @inline
  copy(to: usize, a: usize): void {
    sum9(to, a, ZERO9);
  }

  /** Keeps a number in little memory. */
  keep(to: usize, a: usize): void {
    this.multiply(SCRATCH, a, ONE);
    settle9(SCRATCH, PRIME);
    pack9(to, SCRATCH);
  }

  /** Takes a kept number out, negated or not, as a factor. */
  @inline
  take(to: usize, from: usize, negated: bool): void {
    unpack9(to, from, negated);
  }

  /** Reads a big-endian number below 2^256. */
  read(to: usize, from: usize): void {
    toLimbs<u64>(from, 32, to, 9, 29);
    this.multiply(to, to, SQUARE);
  }

  /** Writes a number as 32 bytes, big-endian. */
  write(a: usize, to: usize): void {
    this.multiply(SCRATCH, a, PLAIN_ONE);
    settle9(SCRATCH, PRIME);
    write9(SCRATCH, to);
  }
}
