// SHA-256 (FIPS 180-4). Rolled loops: small, and fast enough for keys; works on memory, allocates nothing.

const K = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);
const START = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

/** Size of a digest in bytes. */
export const SHA256_SIZE: i32 = 32;
const BLOCK: usize = 64;

const STATE = memory.data(32, 8);
const SCHEDULE = memory.data(256, 8);
const LAST = memory.data(128, 8);

/** Writes the digest of `size` bytes at `from` to the 32 bytes at `to`. */
export function sha256(from: usize, size: usize, to: usize): void {
  memory.copy(STATE, START, 32);
  const whole = size & ~(BLOCK - 1);
  for (let at: usize = 0; at < whole; at += BLOCK) block(from + at);
  const rest = size - whole;
  const padded = rest < 56 ? BLOCK : BLOCK * 2;
  memory.fill(LAST, 0, padded);
  memory.copy(LAST, from + whole, rest);
  store<u8>(LAST + rest, 0x80);
  store<u64>(LAST + padded - 8, bswap<u64>((<u64>size) << 3));
  for (let at: usize = 0; at < padded; at += BLOCK) block(LAST + at);
  for (let i: usize = 0; i < 32; i += 4) store<u32>(to + i, bswap<u32>(load<u32>(STATE + i)));
}

function block(from: usize): void {
  schedule(from);
  let a = load<u32>(STATE);
  let b = load<u32>(STATE, 4);
  let c = load<u32>(STATE, 8);
  let d = load<u32>(STATE, 12);
  let e = load<u32>(STATE, 16);
  let f = load<u32>(STATE, 20);
  let g = load<u32>(STATE, 24);
  let h = load<u32>(STATE, 28);
  for (let i: usize = 0; i < 256; i += 4) {
    const sum1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
    const t1 = h + sum1 + ((e & f) ^ (~e & g)) + load<u32>(K + i) + load<u32>(SCHEDULE + i);
    const sum0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
    const t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  add(0, a);
  add(4, b);
  add(8, c);
  add(12, d);
  add(16, e);
  add(20, f);
  add(24, g);
  add(28, h);
}

function schedule(from: usize): void {
  for (let i: usize = 0; i < 64; i += 4) store<u32>(SCHEDULE + i, bswap<u32>(load<u32>(from + i)));
  for (let i: usize = 64; i < 256; i += 4) {
    const w = SCHEDULE + i - 64;
    const w1 = load<u32>(w, 4);
    const w14 = load<u32>(w, 56);
    const s0 = rotr(w1, 7) ^ rotr(w1, 18) ^ (w1 >> 3);
    const s1 = rotr(w14, 17) ^ rotr(w14, 19) ^ (w14 >> 10);
    store<u32>(SCHEDULE + i, load<u32>(w) + s0 + load<u32>(w, 36) + s1);
  }
}

function add(at: usize, value: u32): void {
  store<u32>(STATE + at, load<u32>(STATE + at) + value);
}
