import { Bytes } from "../abi/bytes";

/** Positions are multiples of this. */
const STEP: usize = 16;
const SLOT_SIZE: usize = 32;

/** Where a token that was verified lies. */
@unmanaged
class Slot {
  /** How much had been written before it, 0 where there is none. */
  position: u64;
  /** Until when it holds, in seconds since 1970. */
  until: i64;
  size: u32;
  generation: u32;
  purpose: u32;
}

/**
 * Tokens that were found good, each with the moment up to which it holds and the generation of the keys that were asked. It
 * takes so much memory and no more: the newest tokens write over the oldest. All bytes of a token are compared, in a time
 * that does not depend on them.
 */
export class TokenCache {
  private readonly slots: StaticArray<u8>;
  private readonly ring: StaticArray<u8>;
  private readonly shift: u64;
  /** Bytes that were ever written; the last of them, as many as the ring has, are still there. */
  private written: u64 = STEP;

  /** `entries` is rounded up to a power of two; `bytes` is room for their texts. */
  constructor(entries: i32 = 256, bytes: i32 = 131_072) {
    let bits = 0;
    while (1 << bits < entries) ++bits;
    this.shift = 64 - bits;
    this.slots = new StaticArray<u8>((<i32>SLOT_SIZE) << bits);
    this.ring = new StaticArray<u8>(max((bytes + <i32>STEP - 1) & -(<i32>STEP), <i32>STEP));
  }

  /**
   * Whether a token was kept for this generation of keys and this purpose, and still holds. `purpose` tells apart what else
   * was asked of the token.
   */
  holds(token: Bytes, generation: u32, now: i64, purpose: u32 = 0): bool {
    const at = token.pointer;
    const size: usize = token.length;
    const slot = this.slotOf(at, size);
    if (slot.size != <u32>size || slot.position == 0 || slot.generation != generation) return false;
    if (slot.purpose != purpose || now >= slot.until || !this.isThere(slot.position)) return false;
    return same(this.address(slot.position), at, size);
  }

  /** Keeps a token that was found good `until` a moment, which it outlives in no case. One of an odd size is not kept. */
  keep(token: Bytes, generation: u32, until: i64, purpose: u32 = 0): void {
    const at = token.pointer;
    const size: usize = token.length;
    // A token that takes a large part of the room would only push others out.
    if (size < 8 || size > (<usize>this.ring.length) >> 2) return;
    const slot = this.slotOf(at, size);
    slot.position = this.room(size);
    slot.until = until;
    slot.size = <u32>size;
    slot.generation = generation;
    slot.purpose = purpose;
    memory.copy(this.address(slot.position), at, size);
  }

  /** Chosen by the last bytes of the text: they are the signature's, as good as random. */
  private slotOf(at: usize, size: usize): Slot {
    const last = size < 8 ? 0 : load<u64>(at + size - 8);
    const place: usize = this.shift == 64 ? 0 : <usize>((last * 0x9e3779b97f4a7c15) >> this.shift);
    return changetype<Slot>(changetype<usize>(this.slots) + place * SLOT_SIZE);
  }

  /** Position of so many bytes that lie together. */
  private room(size: usize): u64 {
    const all: u64 = this.ring.length;
    const rest = all - (this.written % all);
    if (rest < size) this.written += rest;
    const position = this.written;
    this.written += (size + STEP - 1) & -STEP;
    return position;
  }

  private isThere(position: u64): bool {
    return this.written - position <= <u64>this.ring.length;
  }

  private address(position: u64): usize {
    return changetype<usize>(this.ring) + <usize>(position % <u64>this.ring.length);
  }
}

/** Whether two texts of at least 8 bytes are equal; all of them is looked at. */
function same(a: usize, b: usize, size: usize): bool {
  let difference: u64 = 0;
  const last = size - 8;
  for (let i: usize = 0; i < last; i += 8) difference |= load<u64>(a + i) ^ load<u64>(b + i);
  return (difference | (load<u64>(a + last) ^ load<u64>(b + last))) == 0;
}
