import { invert } from "../numbers/inverse";
import { DIGITS, digitsFor } from "./digits";
import { Point } from "./point";

// Multiples of a point, so that a multiplication needs no doublings: a row holds the multiples 1 to 2^(width - 1) of a point,
// a table a row for each place of a digit, whose point is 2^width times that of the row before. Multiples are kept in affine
// coordinates.

const MULTIPLES = memory.data(33 * 352, 16);
/** For each multiple, the product of its Z and those before it. */
const PRODUCTS = memory.data(33 * 112, 16);
const RUNNING = memory.data(352, 16);
const X = memory.data(112, 16);
const Y = memory.data(112, 16);
const ALL_INVERSE = memory.data(112, 16);
const INVERSE = memory.data(112, 16);
const SQUARE = memory.data(112, 16);
const NUMBER = memory.data(48);
/** Taking the last number out reads as much behind it. */
const SLACK: i32 = 8;
/** The next row's point. */
const NEXT = memory.data(128, 16);

/** Bytes of a row. */
export function rowSize<C>(): i32 {
  const c = changetype<C>(0);
  return (<i32>c.field.kept) << c.width;
}

/** As many rows of a point's multiples as asked for; its coordinates are big-endian. */
export function rowsOf<C>(x: usize, y: usize, count: i32): StaticArray<u8> {
  const f = changetype<C>(0).field;
  const rows = new StaticArray<u8>(rowSize<C>() * count + SLACK);
  f.read(X, x);
  f.read(Y, y);
  for (let i = 0; i < count; ++i) fill<C>(changetype<usize>(rows) + rowSize<C>() * i);
  return rows;
}

/** A row for each digit of a number below the order. */
export function tableOf<C>(x: usize, y: usize): StaticArray<u8> {
  return rowsOf<C>(x, y, digitsFor(changetype<C>(0).field.bytes, changetype<C>(0).width));
}

/** Adds the number whose digits were recoded last, times a table's point. */
export function addFromTable<C>(sum: Point<C>, table: StaticArray<u8>): void {
  const count = digitsFor(changetype<C>(0).field.bytes, changetype<C>(0).width);
  for (let i = 0; i < count; ++i)
    addDigit<C>(sum, changetype<usize>(table) + rowSize<C>() * i, load<i8>(DIGITS + i));
}

/** The same from a table's first row alone: with a doubling for each bit, which takes about three times as long. */
export function addFromRow<C>(sum: Point<C>, row: StaticArray<u8>): void {
  for (let i = digitsFor(changetype<C>(0).field.bytes, changetype<C>(0).width) - 1; i >= 0; --i) {
    for (let bit = 0; bit < changetype<C>(0).width; ++bit) sum.double();
    addDigit<C>(sum, changetype<usize>(row), load<i8>(DIGITS + i));
  }
}

function addDigit<C>(sum: Point<C>, row: usize, digit: i32): void {
  if (digit == 0) return;
  const f = changetype<C>(0).field;
  const multiple = row + <usize>(abs(digit) - 1) * f.kept * 2;
  f.take(X, multiple, false);
  f.take(Y, multiple + f.kept, digit < 0);
  sum.add(X, Y);
}

/** Writes the row of (X, Y), which becomes the point of the next row. */
function fill<C>(row: usize): void {
  const c = changetype<C>(0);
  const count = 1 << (c.width - 1);
  const running = changetype<Point<C>>(RUNNING);
  running.isInfinite = true;
  for (let i = 0; i < count; ++i) {
    running.add(X, Y);
    append<C>(i);
  }
  running.double();
  append<C>(count);
  normalize<C>(row, count);
}

/** Writes down the running multiple, and its product. */
function append<C>(i: i32): void {
  const f = changetype<C>(0).field;
  const z = changetype<Point<C>>(RUNNING).z;
  const product = PRODUCTS + 112 * i;
  memory.copy(MULTIPLES + 352 * i, RUNNING, 352);
  if (i == 0) memory.copy(product, z, f.size);
  else f.multiply(product, product - 112, z);
}

/** All multiples in affine coordinates, with one inversion: Montgomery's trick. */
function normalize<C>(row: usize, count: i32): void {
  const f = changetype<C>(0).field;
  f.write(PRODUCTS + 112 * count, NUMBER);
  invert(changetype<C>(0).prime, NUMBER, f.bytes, NUMBER);
  f.read(ALL_INVERSE, NUMBER);
  for (let i = count; i >= 0; --i) {
    const multiple = changetype<Point<C>>(MULTIPLES + 352 * i);
    if (i == 0) memory.copy(INVERSE, ALL_INVERSE, f.size);
    else f.multiply(INVERSE, ALL_INVERSE, PRODUCTS + 112 * (i - 1));
    f.multiply(ALL_INVERSE, ALL_INVERSE, multiple.z);
    f.square(SQUARE, INVERSE);
    f.multiply(X, multiple.x, SQUARE);
    f.multiply(SQUARE, SQUARE, INVERSE);
    f.multiply(Y, multiple.y, SQUARE);
    f.keep(i < count ? row + f.kept * 2 * <usize>i : NEXT, X);
    f.keep(i < count ? row + f.kept * <usize>(2 * i + 1) : NEXT + f.kept, Y);
  }
  f.take(X, NEXT, false);
  f.take(Y, NEXT + f.kept, false);
}
