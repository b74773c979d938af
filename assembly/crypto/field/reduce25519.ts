import { COLUMNS } from "./product9";

const MASK: i64 = 0x1fffffff;
/** 2^261 modulo the prime. */
const FOLD: i64 = 64 * 19;

/**
 * to = columns modulo 2^255 - 19: what stands above 2^261 is carried through first, so that its limbs are short enough to
 * be multiplied and added below.
 */
export function reduce25519(to: usize): void {
  const c9 = load<i64>(COLUMNS, 72);
  const c10 = load<i64>(COLUMNS, 80) + (c9 >> 29);
  const c11 = load<i64>(COLUMNS, 88) + (c10 >> 29);
  const c12 = load<i64>(COLUMNS, 96) + (c11 >> 29);
  const c13 = load<i64>(COLUMNS, 104) + (c12 >> 29);
  const c14 = load<i64>(COLUMNS, 112) + (c13 >> 29);
  const c15 = load<i64>(COLUMNS, 120) + (c14 >> 29);
  const c16 = load<i64>(COLUMNS, 128) + (c15 >> 29);
  const r0 = load<i64>(COLUMNS) + (c9 & MASK) * FOLD;
  const r1 = load<i64>(COLUMNS, 8) + (c10 & MASK) * FOLD + (r0 >> 29);
  const r2 = load<i64>(COLUMNS, 16) + (c11 & MASK) * FOLD + (r1 >> 29);
  const r3 = load<i64>(COLUMNS, 24) + (c12 & MASK) * FOLD + (r2 >> 29);
  const r4 = load<i64>(COLUMNS, 32) + (c13 & MASK) * FOLD + (r3 >> 29);
  const r5 = load<i64>(COLUMNS, 40) + (c14 & MASK) * FOLD + (r4 >> 29);
  const r6 = load<i64>(COLUMNS, 48) + (c15 & MASK) * FOLD + (r5 >> 29);
  const r7 = load<i64>(COLUMNS, 56) + (c16 & MASK) * FOLD + (r6 >> 29);
  const r8 = load<i64>(COLUMNS, 64) + (c16 >> 29) * FOLD + (r7 >> 29);
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
