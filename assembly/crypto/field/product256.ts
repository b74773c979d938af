// Products modulo the prime of P-256, 2^256 - 2^224 + 2^192 + 2^96 - 1, over 2^261: of numbers of nine limbs of 29 bits each in
// 64, the lowest first. Limbs may be negative, which spares a carry after each subtraction: a column holds products of limbs
// below 2^29 on one side and 2^30 on the other, signs aside. Since the prime is -1 modulo 2^29, a column's lowest bits are the
// multiple q of the prime that clears them, and adding q (p + 1) takes four shifts. Written out, since what is added up then
// stays in registers.

const MASK: i64 = 0x1fffffff;

/** to = a b / 2^261 */
export function multiply256(to: usize, a: usize, b: usize): void {
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
  const c0 = a0 * b0;
  const q0 = c0 & MASK;
  const c1 = a0 * b1 + a1 * b0 + (c0 >> 29);
  const q1 = c1 & MASK;
  const c2 = a0 * b2 + a1 * b1 + a2 * b0 + (c1 >> 29);
  const q2 = c2 & MASK;
  const c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + (q0 << 9) + (c2 >> 29);
  const q3 = c3 & MASK;
  const c4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + (q1 << 9) + (c3 >> 29);
  const q4 = c4 & MASK;
  const c5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + (q2 << 9) + (c4 >> 29);
  const q5 = c5 & MASK;
  const p6 = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0;
  const c6 = p6 + (q0 << 18) + (q3 << 9) + (c5 >> 29);
  const q6 = c6 & MASK;
  const p7 = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0;
  const c7 = p7 - (q0 << 21) + (q1 << 18) + (q4 << 9) + (c6 >> 29);
  const q7 = c7 & MASK;
  const p8 = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0;
  const c8 = p8 + (q0 << 24) - (q1 << 21) + (q2 << 18) + (q5 << 9) + (c7 >> 29);
  const q8 = c8 & MASK;
  const p9 = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1;
  const c9 = p9 + (q1 << 24) - (q2 << 21) + (q3 << 18) + (q6 << 9) + (c8 >> 29);
  store<i64>(to, c9 & MASK);
  const p10 = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2;
  const c10 = p10 + (q2 << 24) - (q3 << 21) + (q4 << 18) + (q7 << 9) + (c9 >> 29);
  store<i64>(to, c10 & MASK, 8);
  const p11 = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3;
  const c11 = p11 + (q3 << 24) - (q4 << 21) + (q5 << 18) + (q8 << 9) + (c10 >> 29);
  store<i64>(to, c11 & MASK, 16);
  const p12 = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4;
  const c12 = p12 + (q4 << 24) - (q5 << 21) + (q6 << 18) + (c11 >> 29);
  store<i64>(to, c12 & MASK, 24);
  const c13 = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + (q5 << 24) - (q6 << 21) + (q7 << 18) + (c12 >> 29);
  store<i64>(to, c13 & MASK, 32);
  const c14 = a6 * b8 + a7 * b7 + a8 * b6 + (q6 << 24) - (q7 << 21) + (q8 << 18) + (c13 >> 29);
  store<i64>(to, c14 & MASK, 40);
  const c15 = a7 * b8 + a8 * b7 + (q7 << 24) - (q8 << 21) + (c14 >> 29);
  store<i64>(to, c15 & MASK, 48);
  const c16 = a8 * b8 + (q8 << 24) + (c15 >> 29);
  store<i64>(to, c16 & MASK, 56);
  store<i64>(to, c16 >> 29, 64);
}
