import { COLUMNS } from "./product9";

const MASK: i64 = 0x1fffffff;

/**
 * to = columns / 2^261 modulo the prime of P-256, 2^256 - 2^224 + 2^192 + 2^96 - 1. Since that is -1 modulo 2^29, a column's
 * lowest bits are the multiple q of the prime that clears them, and adding q (p + 1) takes four shifts.
 */
export function reduce256(to: usize): void {
  const c0 = load<i64>(COLUMNS);
  const q0 = c0 & MASK;
  const c1 = load<i64>(COLUMNS, 8) + (c0 >> 29);
  const q1 = c1 & MASK;
  const c2 = load<i64>(COLUMNS, 16) + (c1 >> 29);
  const q2 = c2 & MASK;
  const c3 = load<i64>(COLUMNS, 24) + (q0 << 9) + (c2 >> 29);
  const q3 = c3 & MASK;
  const c4 = load<i64>(COLUMNS, 32) + (q1 << 9) + (c3 >> 29);
  const q4 = c4 & MASK;
  const c5 = load<i64>(COLUMNS, 40) + (q2 << 9) + (c4 >> 29);
  const q5 = c5 & MASK;
  const c6 = load<i64>(COLUMNS, 48) + (q0 << 18) + (q3 << 9) + (c5 >> 29);
  const q6 = c6 & MASK;
  const c7 = load<i64>(COLUMNS, 56) - (q0 << 21) + (q1 << 18) + (q4 << 9) + (c6 >> 29);
  const q7 = c7 & MASK;
  const c8 = load<i64>(COLUMNS, 64) + (q0 << 24) - (q1 << 21) + (q2 << 18) + (q5 << 9) + (c7 >> 29);
  const q8 = c8 & MASK;
  const c9 = load<i64>(COLUMNS, 72) + (q1 << 24) - (q2 << 21) + (q3 << 18) + (q6 << 9) + (c8 >> 29);
  store<i64>(to, c9 & MASK);
  const c10 = load<i64>(COLUMNS, 80) + (q2 << 24) - (q3 << 21) + (q4 << 18) + (q7 << 9) + (c9 >> 29);
  store<i64>(to, c10 & MASK, 8);
  const c11 = load<i64>(COLUMNS, 88) + (q3 << 24) - (q4 << 21) + (q5 << 18) + (q8 << 9) + (c10 >> 29);
  store<i64>(to, c11 & MASK, 16);
  const c12 = load<i64>(COLUMNS, 96) + (q4 << 24) - (q5 << 21) + (q6 << 18) + (c11 >> 29);
  store<i64>(to, c12 & MASK, 24);
  const c13 = load<i64>(COLUMNS, 104) + (q5 << 24) - (q6 << 21) + (q7 << 18) + (c12 >> 29);
  store<i64>(to, c13 & MASK, 32);
  const c14 = load<i64>(COLUMNS, 112) + (q6 << 24) - (q7 << 21) + (q8 << 18) + (c13 >> 29);
  store<i64>(to, c14 & MASK, 40);
  const c15 = load<i64>(COLUMNS, 120) + (q7 << 24) - (q8 << 21) + (c14 >> 29);
  store<i64>(to, c15 & MASK, 48);
  const c16 = load<i64>(COLUMNS, 128) + (q8 << 24) + (c15 >> 29);
  store<i64>(to, c16 & MASK, 56);
  store<i64>(to, c16 >> 29, 64);
}
