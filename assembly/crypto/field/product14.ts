import { multiply7 } from "./product7";

// Products of two numbers of fourteen limbs of 29 bits each in 64, as 27 columns without carries, from three products of halves
// (Karatsuba and Ofman, 1962). Limbs may be negative, and are below 2^29, signs aside.

/** The columns of the last product; the last one is always zero. */
export const COLUMNS = memory.data(28 * 8, 16);

/** Columns of the halves' sums' product: what is in the middle, and the other two products. */
const MIDDLE = memory.data(14 * 8, 16);
const A = memory.data(8 * 8, 16);
const B = memory.data(8 * 8, 16);
/** Bytes of half a number, and where the upper half's columns begin. */
const HALF: usize = 56;
const UPPER: usize = 112;

/** Columns of a b. */
export function multiply14(a: usize, b: usize): void {
  addHalves(A, a);
  addHalves(B, b);
  multiply7(MIDDLE, A, B);
  multiply7(COLUMNS, a, b);
  multiply7(COLUMNS + UPPER, a + HALF, b + HALF);
  addMiddle();
}

function addHalves(to: usize, number: usize): void {
  for (let i: usize = 0; i < 48; i += 16) {
    v128.store(to + i, i64x2.add(v128.load(number + i), v128.load(number + i, HALF)));
  }
  store<i64>(to, load<i64>(number, 48) + load<i64>(number, 48 + HALF), 48);
}

/** Adds the middle less the other two products where it belongs: seven columns up. */
function addMiddle(): void {
  // The column between the two products is of neither.
  store<i64>(COLUMNS, 0, 104);
  for (let i: usize = 0; i < 112; i += 16) {
    const outer = i64x2.add(v128.load(COLUMNS + i), v128.load(COLUMNS + i, UPPER));
    v128.store(MIDDLE + i, i64x2.sub(v128.load(MIDDLE + i), outer));
  }
  for (let i: usize = 0; i < 112; i += 16) {
    const at = COLUMNS + HALF + i;
    v128.store(at, i64x2.add(v128.load(at), v128.load(MIDDLE + i)));
  }
}
