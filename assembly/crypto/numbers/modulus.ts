import { bitsOf, fromLimbs, toLimbs } from "./bytes";
import * as rows from "./rows";

// Arithmetic modulo an odd number of any size up to 4096 bits after Montgomery ("Modular multiplication without trial
// division", 1985). Limbs of 27 bits in 32: sums of all their products fit into 64 bits, so that carries wait for the end,
// and R = 2^(27 count) is at least four times the modulus, so that no product needs a subtraction at the end.

/** Bits of a limb. */
export const LIMB_BITS: i32 = 27;
/** Most limbs that a number has. */
export const LIMBS_MAX: i32 = 152;

const ONE = memory.data(608, 16);
store<u32>(ONE, 1);

const SIZE: usize = 0;
const INVERSE: usize = 4;
const LIMBS: usize = 32;

/** Limbs for a modulus of so many bits: a multiple of four, for vectors. */
export function limbsFor(bits: i32): i32 {
  return ((bits + 2 + 26) / 27 + 3) & ~3;
}

/** Bytes of memory for a modulus of so many limbs, aligned to 16. */
export function modulusRoom(limbs: i32): i32 {
  return 64 + limbs * 8;
}

/**
 * A modulus in memory that its maker gives. Its numbers are `bytes` long, aligned to 16, below twice the modulus, and need
 * not be its smallest residues until they are written.
 */
@unmanaged
export class Modulus {
  /** Reads an odd modulus, big-endian, and computes what it needs. */
  read(from: usize, size: usize, limbs: i32): void {
    const at = changetype<usize>(this);
    memory.fill(at, 0, modulusRoom(limbs));
    store<u32>(at, limbs << 2, SIZE);
    toLimbs<u32>(from, size, this.limbs, limbs, LIMB_BITS);
    const low = load<u32>(this.limbs);
    let inverse: u32 = low;
    for (let i = 0; i < 4; ++i) inverse *= 2 - low * inverse;
    store<u32>(at, (0 - inverse) & rows.MASK, INVERSE);
    this.computeSquare(bitsOf(from, size));
  }

  /** Bytes of a number. */
  @inline get bytes(): usize {
    return load<u32>(changetype<usize>(this), SIZE);
  }

  /** The modulus itself. */
  @inline get limbs(): usize {
    return changetype<usize>(this) + LIMBS;
  }

  /** R² modulo the modulus: a number times it is that number's Montgomery form. */
  @inline get square(): usize {
    return changetype<usize>(this) + LIMBS + this.bytes + 16;
  }

  /** Reads a number of up to 4 times the modulus, big-endian. */
  load(from: usize, size: usize, to: usize): void {
    toLimbs<u32>(from, size, to, <i32>(this.bytes >> 2), LIMB_BITS);
  }

  /** Writes a number's smallest residue as `size` bytes, big-endian, and makes the number that. */
  write(number: usize, to: usize, size: usize): void {
    this.trim(number);
    fromLimbs<u32>(number, LIMB_BITS, to, size);
  }

  /** to = a b / R */
  multiply(to: usize, a: usize, b: usize): void {
    rows.multiply(a, b, this.bytes);
    rows.reduce(to, this.limbs, this.bytes, load<u32>(changetype<usize>(this), INVERSE));
  }

  /** to = a² / R, sooner than `multiply` knows it. */
  multiplySelf(to: usize, a: usize): void {
    rows.square(a, this.bytes);
    rows.reduce(to, this.limbs, this.bytes, load<u32>(changetype<usize>(this), INVERSE));
  }

  /** to = a + b */
  add(to: usize, a: usize, b: usize): void {
    let sum: u32 = 0;
    for (let i: usize = 0; i < this.bytes; i += 4) {
      sum += load<u32>(a + i) + load<u32>(b + i);
      store<u32>(to + i, sum & rows.MASK);
      sum >>= LIMB_BITS;
    }
  }

  /** to = a / R: takes a number out of Montgomery form. */
  leave(to: usize, a: usize): void {
    this.multiply(to, a, ONE);
  }

  /** to = base^exponent / R^(exponent - 1), for an exponent of at least 1. */
  power(to: usize, base: usize, exponent: u64): void {
    memory.copy(to, base, this.bytes);
    for (let bit = 62 - <i32>clz(exponent); bit >= 0; --bit) {
      this.multiplySelf(to, to);
      if ((exponent >> bit) & 1) this.multiply(to, to, base);
    }
  }

  /** R² by squaring and doubling 2 in Montgomery form, which doubling alone gives. */
  private computeSquare(bits: i32): void {
    const exponent = <i32>(this.bytes >> 2) * LIMB_BITS;
    const at = this.square;
    store<u32>(at + ((bits - 1) / LIMB_BITS) * 4, 1 << ((bits - 1) % LIMB_BITS));
    for (let i = bits - 1; i <= exponent; ++i) this.double(at);
    for (let bit = 30 - <i32>clz(exponent); bit >= 0; --bit) {
      this.multiplySelf(at, at);
      if ((exponent >> bit) & 1) this.double(at);
    }
  }

  private double(number: usize): void {
    this.trim(number);
    let carry: u32 = 0;
    for (let at = number; at < number + this.bytes; at += 4) {
      const limb = (load<u32>(at) << 1) + carry;
      store<u32>(at, limb & rows.MASK);
      carry = limb >> LIMB_BITS;
    }
  }

  /** Takes the modulus off a number until it is smaller. */
  trim(number: usize): void {
    while (!this.isResidue(number)) {
      let sum: i32 = 0;
      for (let i: usize = 0; i < this.bytes; i += 4) {
        sum += <i32>load<u32>(number + i) - <i32>load<u32>(this.limbs + i);
        store<u32>(number + i, sum & rows.MASK);
        sum >>= LIMB_BITS;
      }
    }
  }

  private isResidue(number: usize): bool {
    for (let i = this.bytes; i > 0; i -= 4) {
      const limb = load<u32>(number + i - 4);
      const most = load<u32>(this.limbs + i - 4);
      if (limb != most) return limb < most;
    }
    return false;
  }
}
