// Products of two numbers of nine limbs of 29 bits each in 64, the lowest first, as 17 columns without carries. Limbs may be
// negative, which spares a carry after each subtraction: a column holds products of limbs below 2^29 on one side and 2^30 on
// the other, signs aside. Written out, since what is added up then stays in registers.

/** The columns of the last product. */
export const COLUMNS = memory.data(17 * 8, 16);

/** Columns of a b. */
export function multiply9(a: usize, b: usize): void {
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
  store<i64>(COLUMNS, a0 * b0);
  store<i64>(COLUMNS, a0 * b1 + a1 * b0, 8);
  store<i64>(COLUMNS, a0 * b2 + a1 * b1 + a2 * b0, 16);
  store<i64>(COLUMNS, a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0, 24);
  store<i64>(COLUMNS, a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0, 32);
  store<i64>(COLUMNS, a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0, 40);
  store<i64>(COLUMNS, a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0, 48);
  store<i64>(COLUMNS, a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0, 56);
  store<i64>(
    COLUMNS,
    a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0,
    64,
  );
  store<i64>(COLUMNS, a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1, 72);
  store<i64>(COLUMNS, a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2, 80);
  store<i64>(COLUMNS, a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3, 88);
  store<i64>(COLUMNS, a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4, 96);
  store<i64>(COLUMNS, a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5, 104);
  store<i64>(COLUMNS, a6 * b8 + a7 * b7 + a8 * b6, 112);
  store<i64>(COLUMNS, a7 * b8 + a8 * b7, 120);
  store<i64>(COLUMNS, a8 * b8, 128);
}

/** Columns of a², where products of two different limbs count twice. */
export function square9(a: usize): void {
  const a0 = load<i64>(a);
  const a1 = load<i64>(a, 8);
  const a2 = load<i64>(a, 16);
  const a3 = load<i64>(a, 24);
  const a4 = load<i64>(a, 32);
  const a5 = load<i64>(a, 40);
  const a6 = load<i64>(a, 48);
  const a7 = load<i64>(a, 56);
  const a8 = load<i64>(a, 64);
  const d1 = a1 << 1;
  const d2 = a2 << 1;
  const d3 = a3 << 1;
  const d4 = a4 << 1;
  const d5 = a5 << 1;
  const d6 = a6 << 1;
  const d7 = a7 << 1;
  const d8 = a8 << 1;
  store<i64>(COLUMNS, a0 * a0);
  store<i64>(COLUMNS, a0 * d1, 8);
  store<i64>(COLUMNS, a0 * d2 + a1 * a1, 16);
  store<i64>(COLUMNS, a0 * d3 + a1 * d2, 24);
  store<i64>(COLUMNS, a0 * d4 + a1 * d3 + a2 * a2, 32);
  store<i64>(COLUMNS, a0 * d5 + a1 * d4 + a2 * d3, 40);
  store<i64>(COLUMNS, a0 * d6 + a1 * d5 + a2 * d4 + a3 * a3, 48);
  store<i64>(COLUMNS, a0 * d7 + a1 * d6 + a2 * d5 + a3 * d4, 56);
  store<i64>(COLUMNS, a0 * d8 + a1 * d7 + a2 * d6 + a3 * d5 + a4 * a4, 64);
  store<i64>(COLUMNS, a1 * d8 + a2 * d7 + a3 * d6 + a4 * d5, 72);
  store<i64>(COLUMNS, a2 * d8 + a3 * d7 + a4 * d6 + a5 * a5, 80);
  store<i64>(COLUMNS, a3 * d8 + a4 * d7 + a5 * d6, 88);
  store<i64>(COLUMNS, a4 * d8 + a5 * d7 + a6 * a6, 96);
  store<i64>(COLUMNS, a5 * d8 + a6 * d7, 104);
  store<i64>(COLUMNS, a6 * d8 + a7 * a7, 112);
  store<i64>(COLUMNS, a7 * d8, 120);
  store<i64>(COLUMNS, a8 * a8, 128);
}
