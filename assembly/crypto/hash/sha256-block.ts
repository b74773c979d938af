// The compression function of SHA-256 (FIPS 180-4, section 6.2.2): the schedule four words at a time, the rounds eight at a
// time, so that no round moves its eight variables. `maj` shares its exclusive or with the round before.

const K = memory.data<u32>(
  [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ],
  16,
);
/** The schedule's words, each with its constant added. */
const WORDS = memory.data(256, 16);

/** Works a block of 64 bytes into a chaining value: eight 32-bit words. */
export function compress256(chain: usize, from: usize): void {
  expand(from);
  let a = load<u32>(chain);
  let b = load<u32>(chain, 4);
  let c = load<u32>(chain, 8);
  let d = load<u32>(chain, 12);
  let e = load<u32>(chain, 16);
  let f = load<u32>(chain, 20);
  let g = load<u32>(chain, 24);
  let h = load<u32>(chain, 28);
  let x: u32 = 0;
  let y = b ^ c;
  for (let w = WORDS; w < WORDS + 256; w += 32) {
    h += load<u32>(w) + Mix.e(e, f, g);
    d += h;
    x = a ^ b;
    h += Mix.a(a) + (b ^ (x & y));
    g += load<u32>(w, 4) + Mix.e(d, e, f);
    c += g;
    y = h ^ a;
    g += Mix.a(h) + (a ^ (y & x));
    f += load<u32>(w, 8) + Mix.e(c, d, e);
    b += f;
    x = g ^ h;
    f += Mix.a(g) + (h ^ (x & y));
    e += load<u32>(w, 12) + Mix.e(b, c, d);
    a += e;
    y = f ^ g;
    e += Mix.a(f) + (g ^ (y & x));
    d += load<u32>(w, 16) + Mix.e(a, b, c);
    h += d;
    x = e ^ f;
    d += Mix.a(e) + (f ^ (x & y));
    c += load<u32>(w, 20) + Mix.e(h, a, b);
    g += c;
    y = d ^ e;
    c += Mix.a(d) + (e ^ (y & x));
    b += load<u32>(w, 24) + Mix.e(g, h, a);
    f += b;
    x = c ^ d;
    b += Mix.a(c) + (d ^ (x & y));
    a += load<u32>(w, 28) + Mix.e(f, g, h);
    e += a;
    y = b ^ c;
    a += Mix.a(b) + (c ^ (y & x));
  }
  store<u32>(chain, load<u32>(chain) + a);
  store<u32>(chain, load<u32>(chain, 4) + b, 4);
  store<u32>(chain, load<u32>(chain, 8) + c, 8);
  store<u32>(chain, load<u32>(chain, 12) + d, 12);
  store<u32>(chain, load<u32>(chain, 16) + e, 16);
  store<u32>(chain, load<u32>(chain, 20) + f, 20);
  store<u32>(chain, load<u32>(chain, 24) + g, 24);
  store<u32>(chain, load<u32>(chain, 28) + h, 28);
}

class Mix {
  /** Σ1(e) + Ch(e, f, g); rotations nested, since each then works on what is at hand. */
  @inline
  static e(e: u32, f: u32, g: u32): u32 {
    return rotr(rotr(rotr(e, 14) ^ e, 5) ^ e, 6) + (g ^ (e & (f ^ g)));
  }

  /** Σ0(a) */
  @inline
  static a(a: u32): u32 {
    return rotr(rotr(rotr(a, 9) ^ a, 11) ^ a, 2);
  }
}

function expand(from: usize): void {
  let a = Schedule.bigEndian(from);
  let b = Schedule.bigEndian(from + 16);
  let c = Schedule.bigEndian(from + 32);
  let d = Schedule.bigEndian(from + 48);
  Schedule.put(0, a, b, c, d);
  for (let at: usize = 64; at < 256; at += 64) {
    a = Schedule.next(a, b, c, d);
    b = Schedule.next(b, c, d, a);
    c = Schedule.next(c, d, a, b);
    d = Schedule.next(d, a, b, c);
    Schedule.put(at, a, b, c, d);
  }
}

class Schedule {
  @inline
  static bigEndian(from: usize): v128 {
    return i8x16.swizzle(v128.load(from), i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
  }

  @inline
  static put(at: usize, a: v128, b: v128, c: v128, d: v128): void {
    v128.store(WORDS + at, i32x4.add(a, v128.load(K + at)));
    v128.store(WORDS + at, i32x4.add(b, v128.load(K + at, 16)), 16);
    v128.store(WORDS + at, i32x4.add(c, v128.load(K + at, 32)), 32);
    v128.store(WORDS + at, i32x4.add(d, v128.load(K + at, 48)), 48);
  }

  /** The four words after these sixteen: the last two of them depend on the first two. */
  @inline
  static next(a: v128, b: v128, c: v128, d: v128): v128 {
    const words = i32x4.add(
      i32x4.add(a, v128.shuffle<u32>(c, d, 1, 2, 3, 4)),
      Schedule.s0(v128.shuffle<u32>(a, b, 1, 2, 3, 4)),
    );
    const none = i64x2(0, 0);
    const low = Schedule.s1(v128.shuffle<u32>(d, d, 2, 2, 3, 3));
    const first = i32x4.add(words, v128.shuffle<u32>(low, none, 0, 2, 4, 4));
    const high = Schedule.s1(v128.shuffle<u32>(first, first, 0, 0, 1, 1));
    return i32x4.add(first, v128.shuffle<u32>(none, high, 0, 0, 4, 6));
  }

  /** σ0 of four words. */
  @inline
  static s0(w: v128): v128 {
    const by7 = v128.or(i32x4.shr_u(w, 7), i32x4.shl(w, 25));
    const by18 = v128.or(i32x4.shr_u(w, 18), i32x4.shl(w, 14));
    return v128.xor(v128.xor(by7, by18), i32x4.shr_u(w, 3));
  }

  /** σ1 of two words, each there twice: shifting such a pair rotates its lower word. */
  @inline
  static s1(w: v128): v128 {
    return v128.xor(v128.xor(i64x2.shr_u(w, 17), i64x2.shr_u(w, 19)), i32x4.shr_u(w, 10));
  }
}
