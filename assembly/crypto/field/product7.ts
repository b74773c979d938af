// Products of two numbers of seven limbs of 29 bits each in 64, as 13 columns without carries: halves of what P-384 multiplies.
// A column holds products of limbs below 2^30, signs aside.

/** Columns of a b. */
export function multiply7(columns: usize, a: usize, b: usize): void {
  const a0 = load<i64>(a);
  const a1 = load<i64>(a, 8);
  const a2 = load<i64>(a, 16);
  const a3 = load<i64>(a, 24);
  const a4 = load<i64>(a, 32);
  const a5 = load<i64>(a, 40);
  const a6 = load<i64>(a, 48);
  const b0 = load<i64>(b);
  const b1 = load<i64>(b, 8);
  const b2 = load<i64>(b, 16);
  const b3 = load<i64>(b, 24);
  const b4 = load<i64>(b, 32);
  const b5 = load<i64>(b, 40);
  const b6 = load<i64>(b, 48);
  store<i64>(columns, a0 * b0);
  store<i64>(columns, a0 * b1 + a1 * b0, 8);
  store<i64>(columns, a0 * b2 + a1 * b1 + a2 * b0, 16);
  store<i64>(columns, a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0, 24);
  store<i64>(columns, a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0, 32);
  store<i64>(columns, a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0, 40);
  store<i64>(columns, a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0, 48);
  store<i64>(columns, a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1, 56);
  store<i64>(columns, a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2, 64);
  store<i64>(columns, a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3, 72);
  store<i64>(columns, a4 * b6 + a5 * b5 + a6 * b4, 80);
  store<i64>(columns, a5 * b6 + a6 * b5, 88);
  store<i64>(columns, a6 * b6, 96);
}
