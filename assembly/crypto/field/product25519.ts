// Products modulo 2^255 - 19 of numbers of nine limbs of 29 bits each in 64, the lowest first. Limbs may be negative, and a
// column holds products of limbs below 2^29 on one side and 2^30 on the other, signs aside. The columns above 2^261 are
// carried through first: their limbs are then short enough to be multiplied and added below. Written out, since what is
// added up then stays in registers.

const MASK: i64 = 0x1fffffff;
/** 2^261 modulo the prime. */
const FOLD: i64 = 64 * 19;

/** to = a b */
export function multiply25519(to: usize, a: usize, b: usize): void {
  const a0 = load<i64>(a);
  const a1 = load<i64>(a, 8);
  const a2 = load<i64>(a, 16);
  const a3 = load<i64>(a, 24);
  const a4 = load<i64>(a, 32);
  const a5 = load<i64>(a, 40);
  const a6 = load<i64>(a, 48);
  const a7 = load<i64>(a, 56);
  const a8 = load<i64>(a, 64);
  const b0 = load<i64>(b);
  const b1 = load<i64>(b, 8);
  const b2 = load<i64>(b, 16);
  const b3 = load<i64>(b, 24);
  const b4 = load<i64>(b, 32);
  const b5 = load<i64>(b, 40);
  const b6 = load<i64>(b, 48);
  const b7 = load<i64>(b, 56);
  const b8 = load<i64>(b, 64);
  const c9 = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1;
  const c10 = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + (c9 >> 29);
  const c11 = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + (c10 >> 29);
  const c12 = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + (c11 >> 29);
  const c13 = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + (c12 >> 29);
  const c14 = a6 * b8 + a7 * b7 + a8 * b6 + (c13 >> 29);
  const c15 = a7 * b8 + a8 * b7 + (c14 >> 29);
  const c16 = a8 * b8 + (c15 >> 29);
  const r0 = a0 * b0 + (c9 & MASK) * FOLD;
  const r1 = a0 * b1 + a1 * b0 + (c10 & MASK) * FOLD + (r0 >> 29);
  const r2 = a0 * b2 + a1 * b1 + a2 * b0 + (c11 & MASK) * FOLD + (r1 >> 29);
  const r3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + (c12 & MASK) * FOLD + (r2 >> 29);
  const r4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + (c13 & MASK) * FOLD + (r3 >> 29);
  const r5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + (c14 & MASK) * FOLD + (r4 >> 29);
  const p6 = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0;
  const r6 = p6 + (c15 & MASK) * FOLD + (r5 >> 29);
  const p7 = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0;
  const r7 = p7 + (c16 & MASK) * FOLD + (r6 >> 29);
  const p8 = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0;
  const r8 = p8 + (c16 >> 29) * FOLD + (r7 >> 29);
  const top = (r8 >> 23) * 19;
  const s0 = (r0 & MASK) + top;
  store<i64>(to, s0 & MASK);
  store<i64>(to, (r1 & MASK) + (s0 >> 29), 8);
  store<i64>(to, r2 & MASK, 16);
  store<i64>(to, r3 & MASK, 24);
  store<i64>(to, r4 & MASK, 32);
  store<i64>(to, r5 & MASK, 40);
  store<i64>(to, r6 & MASK, 48);
  store<i64>(to, r7 & MASK, 56);
  store<i64>(to, r8 & 0x7fffff, 64);
}
