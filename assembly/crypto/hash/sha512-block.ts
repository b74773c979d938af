// The compression function of SHA-512 and SHA-384 (FIPS 180-4, section 6.4.2): the schedule two words at a time, the rounds
// eight at a time, so that no round moves its eight variables.

const K = memory.data<u64>(
  [
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
  ],
  16,
);
const BLOCK: usize = 128;
/** The schedule's words. */
const WORDS = memory.data(640, 16);

/** Works a block of 128 bytes into a chaining value: eight 64-bit words. */
export function compress512(chain: usize, from: usize): void {
  expand(from);
  let a = load<u64>(chain);
  let b = load<u64>(chain, 8);
  let c = load<u64>(chain, 16);
  let d = load<u64>(chain, 24);
  let e = load<u64>(chain, 32);
  let f = load<u64>(chain, 40);
  let g = load<u64>(chain, 48);
  let h = load<u64>(chain, 56);
  for (let at: usize = 0; at < 640; at += 64) {
    h += Mix.word(at) + Mix.e(e, f, g);
    d += h;
    h += Mix.a(a, b, c);
    g += Mix.word(at + 8) + Mix.e(d, e, f);
    c += g;
    g += Mix.a(h, a, b);
    f += Mix.word(at + 16) + Mix.e(c, d, e);
    b += f;
    f += Mix.a(g, h, a);
    e += Mix.word(at + 24) + Mix.e(b, c, d);
    a += e;
    e += Mix.a(f, g, h);
    d += Mix.word(at + 32) + Mix.e(a, b, c);
    h += d;
    d += Mix.a(e, f, g);
    c += Mix.word(at + 40) + Mix.e(h, a, b);
    g += c;
    c += Mix.a(d, e, f);
    b += Mix.word(at + 48) + Mix.e(g, h, a);
    f += b;
    b += Mix.a(c, d, e);
    a += Mix.word(at + 56) + Mix.e(f, g, h);
    e += a;
    a += Mix.a(b, c, d);
  }
  store<u64>(chain, load<u64>(chain) + a);
  store<u64>(chain, load<u64>(chain, 8) + b, 8);
  store<u64>(chain, load<u64>(chain, 16) + c, 16);
  store<u64>(chain, load<u64>(chain, 24) + d, 24);
  store<u64>(chain, load<u64>(chain, 32) + e, 32);
  store<u64>(chain, load<u64>(chain, 40) + f, 40);
  store<u64>(chain, load<u64>(chain, 48) + g, 48);
  store<u64>(chain, load<u64>(chain, 56) + h, 56);
}

class Mix {
  @inline
  static word(at: usize): u64 {
    return load<u64>(WORDS + at) + load<u64>(K + at);
  }

  /** Σ1(e) + Ch(e, f, g); rotations nested, since each then works on what is at hand. */
  @inline
  static e(e: u64, f: u64, g: u64): u64 {
    return rotr(rotr(rotr(e, 23) ^ e, 4) ^ e, 14) + (g ^ (e & (f ^ g)));
  }

  /** Σ0(a) + Maj(a, b, c) */
  @inline
  static a(a: u64, b: u64, c: u64): u64 {
    return rotr(rotr(rotr(a, 5) ^ a, 6) ^ a, 28) + (b ^ ((a ^ b) & (b ^ c)));
  }
}

function expand(from: usize): void {
  for (let at: usize = 0; at < BLOCK; at += 8) store<u64>(WORDS + at, bswap<u64>(load<u64>(from + at)));
  for (let w = WORDS; w < WORDS + 512; w += 16) {
    const older = i64x2.add(v128.load(w), Sigma.s0(v128.load(w, 8)));
    const newer = i64x2.add(v128.load(w, 72), Sigma.s1(v128.load(w, 112)));
    v128.store(w, i64x2.add(older, newer), BLOCK);
  }
}

/** The schedule's σ0 and σ1, of two words. */
class Sigma {
  @inline
  static s0(w: v128): v128 {
    return v128.xor(v128.xor(Sigma.rotated(w, 1), Sigma.rotated(w, 8)), i64x2.shr_u(w, 7));
  }

  @inline
  static s1(w: v128): v128 {
    return v128.xor(v128.xor(Sigma.rotated(w, 19), Sigma.rotated(w, 61)), i64x2.shr_u(w, 6));
  }

  @inline
  static rotated(w: v128, by: i32): v128 {
    return v128.or(i64x2.shr_u(w, by), i64x2.shl(w, 64 - by));
  }
}
