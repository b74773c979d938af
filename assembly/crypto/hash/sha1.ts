// SHA-1 (FIPS 180-4, section 6.1) for old password files alone. It is broken for signatures, and too fast for passwords.

const START = memory.data<u32>(
  [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  16,
);
/** The last sixteen words of the schedule. */
const WORDS = memory.data(64, 16);

/** SHA-1 as `Hash` needs it. */
@unmanaged
export class Sha1 {
  @inline get digest(): usize {
    return 20;
  }
  @inline get block(): usize {
    return 64;
  }
  @inline get length(): usize {
    return 8;
  }
  @inline get start(): usize {
    return START;
  }

  @inline
  compress(chain: usize, from: usize): void {
    compress160(chain, from);
  }

  @inline
  write(chain: usize, to: usize): void {
    for (let i: usize = 0; i < 20; i += 4) store<u32>(to + i, bswap<u32>(load<u32>(chain + i)));
  }
}

/** Works a block of 64 bytes into a chaining value: five 32-bit words. */
function compress160(chain: usize, from: usize): void {
  let a = load<u32>(chain);
  let b = load<u32>(chain, 4);
  let c = load<u32>(chain, 8);
  let d = load<u32>(chain, 12);
  let e = load<u32>(chain, 16);
  for (let round: u32 = 0; round < 80; ++round) {
    const next = rotl(a, 5) + e + mixed(round, b, c, d) + wordOf(round, from);
    e = d;
    d = c;
    c = rotl(b, 30);
    b = a;
    a = next;
  }
  store<u32>(chain, load<u32>(chain) + a);
  store<u32>(chain, load<u32>(chain, 4) + b, 4);
  store<u32>(chain, load<u32>(chain, 8) + c, 8);
  store<u32>(chain, load<u32>(chain, 12) + d, 12);
  store<u32>(chain, load<u32>(chain, 16) + e, 16);
}

/** The function of a round with its constant. */
function mixed(round: u32, b: u32, c: u32, d: u32): u32 {
  if (round < 20) return (d ^ (b & (c ^ d))) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (d & (b | c))) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

/** The schedule's word of a round: the block's own, or one made of four earlier ones. */
function wordOf(round: u32, from: usize): u32 {
  const word =
    round < 16
      ? bswap<u32>(load<u32>(from + ((<usize>round) << 2)))
      : rotl(kept(round - 3) ^ kept(round - 8) ^ kept(round - 14) ^ kept(round - 16), 1);
  store<u32>(placeOf(round), word);
  return word;
}

function kept(round: u32): u32 {
  return load<u32>(placeOf(round));
}

function placeOf(round: u32): usize {
  return WORDS + (((<usize>round) & 15) << 2);
}
