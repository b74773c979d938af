import { COLUMNS } from "./product14";

const MASK: i64 = 0x1fffffff;

/**
 * to = columns / 2^406 modulo the prime of P-384, 2^384 - 2^128 - 2^96 + 2^32 - 1. Since that is -1 modulo 2^29, a column's
 * lowest bits are the multiple q of the prime that clears them, and adding q (p + 1) takes four shifts.
 */
export function reduce384(to: usize): void {
  const c0 = load<i64>(COLUMNS);
  const q0 = c0 & MASK;
  const c1 = load<i64>(COLUMNS, 8) + (q0 << 3) + (c0 >> 29);
  const q1 = c1 & MASK;
  const c2 = load<i64>(COLUMNS, 16) + (q1 << 3) + (c1 >> 29);
  const q2 = c2 & MASK;
  const c3 = load<i64>(COLUMNS, 24) - (q0 << 9) + (q2 << 3) + (c2 >> 29);
  const q3 = c3 & MASK;
  const c4 = load<i64>(COLUMNS, 32) - (q0 << 12) - (q1 << 9) + (q3 << 3) + (c3 >> 29);
  const q4 = c4 & MASK;
  const c5 = load<i64>(COLUMNS, 40) - (q1 << 12) - (q2 << 9) + (q4 << 3) + (c4 >> 29);
  const q5 = c5 & MASK;
  const c6 = load<i64>(COLUMNS, 48) - (q2 << 12) - (q3 << 9) + (q5 << 3) + (c5 >> 29);
  const q6 = c6 & MASK;
  const c7 = load<i64>(COLUMNS, 56) - (q3 << 12) - (q4 << 9) + (q6 << 3) + (c6 >> 29);
  const q7 = c7 & MASK;
  const c8 = load<i64>(COLUMNS, 64) - (q4 << 12) - (q5 << 9) + (q7 << 3) + (c7 >> 29);
  const q8 = c8 & MASK;
  const c9 = load<i64>(COLUMNS, 72) - (q5 << 12) - (q6 << 9) + (q8 << 3) + (c8 >> 29);
  const q9 = c9 & MASK;
  const c10 = load<i64>(COLUMNS, 80) - (q6 << 12) - (q7 << 9) + (q9 << 3) + (c9 >> 29);
  const q10 = c10 & MASK;
  const c11 = load<i64>(COLUMNS, 88) - (q7 << 12) - (q8 << 9) + (q10 << 3) + (c10 >> 29);
  const q11 = c11 & MASK;
  const c12 = load<i64>(COLUMNS, 96) - (q8 << 12) - (q9 << 9) + (q11 << 3) + (c11 >> 29);
  const q12 = c12 & MASK;
  const c13 = load<i64>(COLUMNS, 104) + (q0 << 7) - (q9 << 12) - (q10 << 9) + (q12 << 3) + (c12 >> 29);
  const q13 = c13 & MASK;
  const c14 = load<i64>(COLUMNS, 112) + (q1 << 7) - (q10 << 12) - (q11 << 9) + (q13 << 3) + (c13 >> 29);
  store<i64>(to, c14 & MASK);
  const c15 = load<i64>(COLUMNS, 120) + (q2 << 7) - (q11 << 12) - (q12 << 9) + (c14 >> 29);
  store<i64>(to, c15 & MASK, 8);
  const c16 = load<i64>(COLUMNS, 128) + (q3 << 7) - (q12 << 12) - (q13 << 9) + (c15 >> 29);
  store<i64>(to, c16 & MASK, 16);
  const c17 = load<i64>(COLUMNS, 136) + (q4 << 7) - (q13 << 12) + (c16 >> 29);
  store<i64>(to, c17 & MASK, 24);
  const c18 = load<i64>(COLUMNS, 144) + (q5 << 7) + (c17 >> 29);
  store<i64>(to, c18 & MASK, 32);
  const c19 = load<i64>(COLUMNS, 152) + (q6 << 7) + (c18 >> 29);
  store<i64>(to, c19 & MASK, 40);
  const c20 = load<i64>(COLUMNS, 160) + (q7 << 7) + (c19 >> 29);
  store<i64>(to, c20 & MASK, 48);
  const c21 = load<i64>(COLUMNS, 168) + (q8 << 7) + (c20 >> 29);
  store<i64>(to, c21 & MASK, 56);
  const c22 = load<i64>(COLUMNS, 176) + (q9 << 7) + (c21 >> 29);
  store<i64>(to, c22 & MASK, 64);
  const c23 = load<i64>(COLUMNS, 184) + (q10 << 7) + (c22 >> 29);
  store<i64>(to, c23 & MASK, 72);
  const c24 = load<i64>(COLUMNS, 192) + (q11 << 7) + (c23 >> 29);
  store<i64>(to, c24 & MASK, 80);
  const c25 = load<i64>(COLUMNS, 200) + (q12 << 7) + (c24 >> 29);
  store<i64>(to, c25 & MASK, 88);
  const c26 = load<i64>(COLUMNS, 208) + (q13 << 7) + (c25 >> 29);
  store<i64>(to, c26 & MASK, 96);
  store<i64>(to, c26 >> 29, 104);
}
