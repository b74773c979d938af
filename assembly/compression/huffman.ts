// Codes of Deflate (RFC 1951, section 3.2.2): a code is told by how many bits each symbol has. Decoding goes by the number
// of codes of each length, in order: no tables to build, and nothing that hostile lengths could make it reach outside of.

/** Longest code, in bits. */
const LONGEST: u32 = 15;

/** A code: how many symbols there are of each length, then the symbols in order. */
@unmanaged
export class Code {
  static readonly SIZE: usize = 32 + 288 * 2;

  /** Takes the lengths of `count` symbols, a byte each. False: there cannot be such codes. */
  build(lengths: usize, count: u32): bool {
    memory.fill(this.counts, 0, 32);
    for (let i: u32 = 0; i < count; ++i) this.raise(load<u8>(lengths + i));
    const left = this.unused();
    if (left < 0) return false;
    this.order(lengths, count);
    // All codes are in use, but for a lone symbol, or none.
    return left == 0 || count == this.count(0) + this.count(1);
  }

  /** How many of the longest codes are left over; below 0: more symbols than codes. */
  private unused(): i32 {
    let left: i32 = 1;
    for (let bits: u32 = 1; bits <= LONGEST; ++bits) {
      left = (left << 1) - <i32>this.count(bits);
      if (left < 0) return left;
    }
    return left;
  }

  /** How many symbols have codes of so many bits. */
  count(bits: u32): u32 {
    return load<u16>(this.counts + (bits << 1));
  }

  symbol(index: u32): u32 {
    return load<u16>(this.counts + 32 + (index << 1));
  }

  private get counts(): usize {
    return changetype<usize>(this);
  }

  private raise(bits: u32): void {
    store<u16>(this.counts + (bits << 1), <u16>(this.count(bits) + 1));
  }

  private order(lengths: usize, count: u32): void {
    for (let bits: u32 = 1, next: u32 = 0; bits <= LONGEST; ++bits) {
      for (let i: u32 = 0; i < count; ++i) {
        if (load<u8>(lengths + i) == bits) store<u16>(this.counts + 32 + (next++ << 1), <u16>i);
      }
    }
  }
}

/** Bits of the input, first the lowest of each byte. Reading beyond the end gives zeros, and `overrun` says so. */
export class Bits {
  static at: usize = 0;
  static end: usize = 0;
  private static held: u32 = 0;
  private static count: u32 = 0;
  static overrun: bool = false;

  static begin(at: usize, size: usize): void {
    Bits.at = at;
    Bits.end = at + size;
    Bits.held = Bits.count = 0;
    Bits.overrun = false;
  }

  /** The next `count` bits, at most 16. */
  static take(count: u32): u32 {
    while (Bits.count < count) {
      Bits.held |= Bits.nextByte() << Bits.count;
      Bits.count += 8;
    }
    const bits = Bits.held & ((1 << count) - 1);
    Bits.held >>= count;
    Bits.count -= count;
    return bits;
  }

  /** Goes on at the next whole byte. */
  static align(): void {
    Bits.held = Bits.count = 0;
  }

  static nextByte(): u32 {
    if (Bits.at < Bits.end) return load<u8>(Bits.at++);
    Bits.overrun = true;
    return 0;
  }

  /** The next symbol of a code, -1 where no code fits. */
  static symbol(code: Code): i32 {
    let word: i32 = 0;
    let first: i32 = 0;
    let index: i32 = 0;
    for (let bits: u32 = 1; bits <= LONGEST; ++bits) {
      word |= Bits.take(1);
      const count: i32 = code.count(bits);
      if (word - count < first) return <i32>code.symbol(index + word - first);
      index += count;
      first = (first + count) << 1;
      word <<= 1;
    }
    return -1;
  }
}
