import { DIGITS } from "../ec/digits";

import { TWICE_D } from "./constants";
import { Ed, inverse, multiply, settleTo } from "./field";
import { EdPoint, POINT_ROOM } from "./point";

// Multiples of a point, as `ec/table` has them: a row holds the multiples 1 to 2^(width - 1) of a point, a table a row for
// each place of a digit. A multiple is kept as y + x, y - x and 2dxy.

/** Bits of a digit: a table takes 149 KB, and with one bit less it would take 88 KB and a sixth more time. */
export const WIDTH: i32 = 6;
const COUNT: i32 = 32;
const KEPT: usize = 36;
const ROW: usize = <usize>COUNT * 3 * KEPT;
/** Numbers below the order have 253 bits, and the last digit may carry one. */
const PLACES = 43;

/** Taking the last number out reads as much behind it. */
const SLACK: i32 = 8;

const MULTIPLES = memory.data(32 * 320, 16);
/** For each multiple, the product of its Z and those before it. */
const PRODUCTS = memory.data(32 * 80, 16);
const RUNNING = memory.data(320, 16);
const SUM = memory.data(80, 16);
const DIFFERENCE = memory.data(80, 16);
const PRODUCT = memory.data(80, 16);
const ALL_INVERSE = memory.data(80, 16);
const INVERSE = memory.data(80, 16);
const X = memory.data(80, 16);
const Y = memory.data(80, 16);

/** As many rows of a point's multiples as asked for, from its affine coordinates. */
export function rowsOf(x: usize, y: usize, count: i32): StaticArray<u8> {
  const rows = new StaticArray<u8>(<i32>ROW * count + SLACK);
  represent(x, y);
  for (let i = 0; i < count; ++i) fill(changetype<usize>(rows) + ROW * i);
  return rows;
}

/** A row for each digit of a number below the order. */
export function tableOf(x: usize, y: usize): StaticArray<u8> {
  return rowsOf(x, y, PLACES);
}

/** Adds the number whose digits were recoded last, times a table's point. */
export function addFromTable(to: EdPoint, table: StaticArray<u8>): void {
  for (let i = 0; i < PLACES; ++i) addDigit(to, changetype<usize>(table) + ROW * i, load<i8>(DIGITS + i));
}

/** The same from a table's first row alone: with a doubling for each bit. */
export function addFromRow(to: EdPoint, row: StaticArray<u8>): void {
  for (let i = PLACES - 1; i >= 0; --i) {
    for (let bit = 0; bit < WIDTH; ++bit) to.double();
    addDigit(to, changetype<usize>(row), load<i8>(DIGITS + i));
  }
}

function addDigit(to: EdPoint, row: usize, digit: i32): void {
  if (digit == 0) return;
  const multiple = row + <usize>(abs(digit) - 1) * KEPT * 3;
  // The negative of a point swaps the sum and the difference.
  Ed.take(digit > 0 ? SUM : DIFFERENCE, multiple, false);
  Ed.take(digit > 0 ? DIFFERENCE : SUM, multiple + KEPT, false);
  Ed.take(PRODUCT, multiple + KEPT * 2, digit < 0);
  to.add(SUM, DIFFERENCE, PRODUCT);
}

/** Writes the row of the represented point, and represents the point of the next row. */
function fill(row: usize): void {
  const running = changetype<EdPoint>(RUNNING);
  running.becomeNeutral();
  for (let i = 0; i < COUNT; ++i) {
    running.add(SUM, DIFFERENCE, PRODUCT);
    append(i);
  }
  normalize(row);
  running.double();
  inverse(INVERSE, running.z);
  multiply(X, running.x, INVERSE);
  multiply(Y, running.y, INVERSE);
  represent(X, Y);
}

/** Writes down the running multiple, and its product. */
function append(i: i32): void {
  const product = PRODUCTS + 80 * i;
  memory.copy(MULTIPLES + POINT_ROOM * i, RUNNING, POINT_ROOM);
  if (i == 0) memory.copy(product, changetype<EdPoint>(RUNNING).z, 72);
  else multiply(product, product - 80, changetype<EdPoint>(RUNNING).z);
}

/** All multiples in affine coordinates, with one inversion: Montgomery's trick. */
function normalize(row: usize): void {
  inverse(ALL_INVERSE, PRODUCTS + 80 * (COUNT - 1));
  for (let i = COUNT - 1; i >= 0; --i) {
    const multiple = changetype<EdPoint>(MULTIPLES + POINT_ROOM * i);
    if (i == 0) memory.copy(INVERSE, ALL_INVERSE, 72);
    else multiply(INVERSE, ALL_INVERSE, PRODUCTS + 80 * (i - 1));
    multiply(ALL_INVERSE, ALL_INVERSE, multiple.z);
    multiply(X, multiple.x, INVERSE);
    multiply(Y, multiple.y, INVERSE);
    represent(X, Y);
    const to = row + KEPT * 3 * <usize>i;
    Ed.keep(to, SUM);
    Ed.keep(to + KEPT, DIFFERENCE);
    Ed.keep(to + KEPT * 2, PRODUCT);
  }
}

/** A point as what `add` takes, in smallest residues. */
function represent(x: usize, y: usize): void {
  multiply(PRODUCT, x, y);
  multiply(PRODUCT, PRODUCT, TWICE_D);
  settleTo(PRODUCT, PRODUCT);
  Ed.sum(SUM, y, x);
  settleTo(SUM, SUM);
  Ed.difference(DIFFERENCE, y, x);
  settleTo(DIFFERENCE, DIFFERENCE);
}
