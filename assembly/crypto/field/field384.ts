import { LIMB_BITS, Modulus } from "../numbers/modulus";
import { MASK } from "../numbers/rows";

const LIMBS: usize = 16;
const SIZE: usize = LIMBS * 4;

const PRIME = memory.data<u8>([
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff,
]);
const MODULUS = changetype<Modulus>(memory.data(192, 16));
const ONE = memory.data(64, 16);
const ZERO = memory.data(64, 16);
const SCRATCH = memory.data(64, 16);

// Multiples of the prime, so that limbs, which have no sign, stay above zero in a difference: 256 times it with at least
// 2^27 in each limb, and 16 times it with three times as much.
const FAR_ABOVE = memory.data<u32>(
  [
    402652928, 268443645, 268435454, 394264574, 402653181, 402653179, 402653181, 402653181, 402653181,
    402653181, 402653181, 402653181, 402653181, 402653181, 16381, 0,
  ],
  16,
);
const ABOVE = memory.data<u32>(
  [
    671088624, 536871419, 536870908, 670564348, 654311419, 671088635, 671088635, 671088635, 671088635,
    671088635, 671088635, 671088635, 671088635, 671088635, 1019, 0,
  ],
  16,
);

/**
 * The field of P-384 (FIPS 186-4, D.1.2.4): numbers modulo 2^384 - 2^128 - 2^96 + 2^32 - 1 in Montgomery form, R = 2^432, on
 * the arithmetic for any modulus: 16 limbs have 48 bits more than the prime, so that multiples of it matter little. A handle
 * without memory of its own, as Field256 is.
 */
@unmanaged
export class Field384 {
  @inline get size(): usize {
    return SIZE;
  }
  @inline get kept(): usize {
    return SIZE;
  }
  @inline get bytes(): usize {
    return 48;
  }
  @inline get one(): usize {
    return ONE;
  }

  /** Computes what arithmetic needs; before it, nothing else may be called. */
  prepare(): void {
    MODULUS.read(PRIME, 48, <i32>LIMBS);
    MODULUS.leave(ONE, MODULUS.square);
  }

  @inline
  multiply(to: usize, a: usize, b: usize): void {
    MODULUS.multiply(to, a, b);
  }

  @inline
  square(to: usize, a: usize): void {
    MODULUS.multiplySelf(to, a);
  }

  /** a - b as a factor: nothing but `multiply`, `square` and `isZero` may take it. */
  @inline
  subtract(to: usize, a: usize, b: usize): void {
    for (let i: usize = 0; i < SIZE; i += 16) {
      v128.store(to + i, i32x4.sub(i32x4.add(v128.load(a + i), v128.load(FAR_ABOVE + i)), v128.load(b + i)));
    }
  }

  sum(to: usize, a: usize, b: usize): void {
    for (let i: usize = 0; i < SIZE; i += 4) store<u32>(to + i, load<u32>(a + i) + load<u32>(b + i));
    carry(to);
  }

  difference(to: usize, a: usize, b: usize): void {
    for (let i: usize = 0; i < SIZE; i += 4) {
      store<u32>(to + i, load<u32>(a + i) + load<u32>(ABOVE + i) - load<u32>(b + i));
    }
    carry(to);
  }

  /** a - b - 2c */
  lessTwice(to: usize, a: usize, b: usize, c: usize): void {
    for (let i: usize = 0; i < SIZE; i += 4) {
      store<u32>(
        to + i,
        load<u32>(a + i) + load<u32>(ABOVE + i) - load<u32>(b + i) - (load<u32>(c + i) << 1),
      );
    }
    carry(to);
  }

  /** Whether a difference is a multiple of the prime: k times it ends in -k, which few numbers do. */
  isZero(a: usize): bool {
    if (((load<u32>(a) + 300) & MASK) > 300) return false;
    memory.copy(SCRATCH, a, SIZE);
    carry(SCRATCH);
    MODULUS.trim(SCRATCH);
    let bits: u32 = 0;
    for (let i: usize = 0; i < SIZE; i += 4) bits |= load<u32>(SCRATCH + i);
    return bits == 0;
  }

  /** A factor as a number. */
  copy(to: usize, a: usize): void {
    this.multiply(to, a, ONE);
  }

  /** Keeps a number. */
  keep(to: usize, a: usize): void {
    this.multiply(to, a, ONE);
    MODULUS.trim(to);
  }

  /** Takes a kept number out, negated or not, as a factor. */
  @inline
  take(to: usize, from: usize, negated: bool): void {
    if (negated) this.subtract(to, ZERO, from);
    else memory.copy(to, from, SIZE);
  }

  /** Reads a big-endian number below 2^384. */
  read(to: usize, from: usize): void {
    MODULUS.load(from, 48, to);
    this.multiply(to, to, MODULUS.square);
  }

  /** Writes a number as 48 bytes, big-endian. */
  write(a: usize, to: usize): void {
    MODULUS.leave(SCRATCH, a);
    MODULUS.write(SCRATCH, to, 48);
  }
}

function carry(number: usize): void {
  let sum: u32 = 0;
  for (let i: usize = 0; i < SIZE; i += 4) {
    sum += load<u32>(number + i);
    store<u32>(number + i, sum & MASK);
    sum >>= LIMB_BITS;
  }
}
