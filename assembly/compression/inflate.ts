import { take } from "../abi/arena";
import { Bits, Code } from "./huffman";

// Deflate (RFC 1951) with a limit for what comes out. It takes any input: what is no Deflate ends with false.

const LITERALS = changetype<Code>(memory.data(608, 4));
const DISTANCES = changetype<Code>(memory.data(608, 4));
const LENGTHS = memory.data(320);

const LENGTH_BASE = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]);
const LENGTH_BITS = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const DISTANCE_BASE = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
]);
/** The order in which a block states the lengths of the code for its lengths. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** What came out of the last `inflate`. */
export let out: usize = 0;
export let outSize: usize = 0;

let room: usize = 0;
let limit: usize = 0;

/** Unpacks what `Bits` reads into at most `most` bytes. False: it is no Deflate, is cut short, or more comes out. */
export function inflate(expected: usize, most: usize): bool {
  limit = most;
  room = min(most, max<usize>(expected, 64));
  out = take(room);
  outSize = 0;
  for (let last = false; !last; ) {
    last = Bits.take(1) == 1;
    const kind = Bits.take(2);
    const sound = kind == 0 ? stored() : kind == 1 ? fixed() : kind == 2 ? dynamic() : false;
    if (!sound || Bits.overrun) return false;
  }
  return true;
}

function stored(): bool {
  Bits.align();
  const size: usize = Bits.take(16);
  if (((<usize>Bits.take(16)) ^ 0xffff) != size || size > Bits.end - Bits.at || !grow(size)) return false;
  memory.copy(out + outSize, Bits.at, size);
  Bits.at += size;
  outSize += size;
  return true;
}

function fixed(): bool {
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  LITERALS.build(LENGTHS, 288);
  memory.fill(LENGTHS, 5, 30);
  // Thirty of thirty-two codes: short of a whole one by design.
  DISTANCES.build(LENGTHS, 30);
  return codes();
}

function dynamic(): bool {
  const literals = Bits.take(5) + 257;
  const distances = Bits.take(5) + 1;
  const stated = Bits.take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(LENGTHS, 0, 19);
  for (let i: u32 = 0; i < stated; ++i) store<u8>(LENGTHS + load<u8>(ORDER + i), <u8>Bits.take(3));
  if (!LITERALS.build(LENGTHS, 19) || !lengths(literals + distances)) return false;
  // Without an end a block would have none.
  if (load<u8>(LENGTHS, 256) == 0) return false;
  return LITERALS.build(LENGTHS, literals) && DISTANCES.build(LENGTHS + literals, distances) && codes();
}

/** Reads the lengths of `count` codes, themselves coded. */
function lengths(count: u32): bool {
  for (let i: u32 = 0; i < count; ) {
    const symbol = Bits.symbol(LITERALS);
    if (symbol < 0 || Bits.overrun || (symbol == 16 && i == 0)) return false;
    const value: u8 = symbol < 16 ? <u8>symbol : symbol == 16 ? load<u8>(LENGTHS + i - 1) : 0;
    const times: u32 =
      symbol < 16 ? 1 : symbol < 18 ? 3 + Bits.take(symbol == 16 ? 2 : 3) : 11 + Bits.take(7);
    if (i + times > count) return false;
    memory.fill(LENGTHS + i, value, times);
    i += times;
  }
  return true;
}

/** Reads literals and repetitions up to the end of the block. */
function codes(): bool {
  while (!Bits.overrun) {
    const symbol = Bits.symbol(LITERALS);
    if (symbol == 256) return true;
    if (symbol < 0 || symbol > 285) return false;
    if (symbol > 256) {
      if (!repeat(symbol - 257)) return false;
    } else {
      if (!grow(1)) return false;
      store<u8>(out + outSize++, <u8>symbol);
    }
  }
  return false;
}

function repeat(kind: u32): bool {
  const length: usize = load<u16>(LENGTH_BASE + (kind << 1)) + Bits.take(load<u8>(LENGTH_BITS + kind));
  const symbol = Bits.symbol(DISTANCES);
  if (symbol < 0 || symbol > 29) return false;
  const extra: u32 = symbol < 4 ? 0 : ((<u32>symbol) >> 1) - 1;
  const distance: usize = load<u16>(DISTANCE_BASE + (symbol << 1)) + Bits.take(extra);
  if (distance > outSize || !grow(length)) return false;
  const to = out + outSize;
  // Byte by byte: what is repeated may still be coming into being.
  for (let i: usize = 0; i < length; ++i) store<u8>(to + i, load<u8>(to + i - distance));
  outSize += length;
  return true;
}

/** Makes room for `size` more bytes. False: that would be more than the limit. */
function grow(size: usize): bool {
  const needed = outSize + size;
  if (needed <= room) return true;
  if (needed > limit) return false;
  room = min(limit, max(needed, room * 2));
  const larger = take(room);
  memory.copy(larger, out, outSize);
  out = larger;
  return true;
}
