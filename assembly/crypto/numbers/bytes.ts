// Big numbers: on their way they are big-endian bytes, in computations limbs of some bits each, the lowest first.

/** Takes a number apart into limbs of `bits` each: as many as asked for, which must hold it. */
export function toLimbs<T>(from: usize, size: usize, limbs: usize, count: i32, bits: u32): void {
  const mask: u64 = (1 << bits) - 1;
  const end = limbs + <usize>count * sizeof<T>();
  let held: u64 = 0;
  let heldBits: u32 = 0;
  for (; limbs < end; limbs += sizeof<T>()) {
    for (; heldBits < bits && size > 0; heldBits += 8) held |= (<u64>load<u8>(from + --size)) << heldBits;
    store<T>(limbs, <T>(held & mask));
    held >>= bits;
    heldBits = heldBits > bits ? heldBits - bits : 0;
  }
}

/** Puts a number together from limbs that are none of them negative or longer than `bits`; it must have room. */
export function fromLimbs<T>(limbs: usize, bits: u32, to: usize, size: usize): void {
  let held: u64 = 0;
  let heldBits: u32 = 0;
  for (let at = to + size - 1; at >= to; --at, held >>= 8, heldBits -= 8) {
    if (heldBits < 8) {
      held |= (<u64>load<T>(limbs)) << heldBits;
      limbs += sizeof<T>();
      heldBits += bits;
    }
    store<u8>(at, <u8>held);
  }
}

/** Whether one number is smaller than another of the same size. */
export function isBelow(a: usize, b: usize, size: usize): bool {
  return memory.compare(a, b, size) < 0;
}

export function isZero(number: usize, size: usize): bool {
  let bits: u32 = 0;
  for (let i: usize = 0; i < size; ++i) bits |= load<u8>(number + i);
  return bits == 0;
}

/** A number's length in bits, without leading zeros. */
export function bitsOf(number: usize, size: usize): i32 {
  for (; size > 0; --size, ++number) {
    const byte: u32 = load<u8>(number);
    if (byte != 0) return <i32>size * 8 + 24 - <i32>clz(byte);
  }
  return 0;
}
