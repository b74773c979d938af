import { isBelow } from "../numbers/bytes";
import { Curve } from "./curve";
import { addFromRow, addFromTable, rowsOf, tableOf } from "./table";
import { Point } from "./point";

const X = memory.data(112, 16);
const Y = memory.data(112, 16);
const LEFT = memory.data(112, 16);

/**
 * A public key of ECDSA from its coordinates, each as long as the field, big-endian; null where one is not below the field's
 * prime or they are not on the curve (the checks of SEC 1, section 3.2.2.1: the curves have cofactor 1).
 */
export function ecKey<C>(curve: Curve<C>, x: usize, y: usize): EcKey<C> | null {
  const c = changetype<C>(0);
  if (!isBelow(x, c.prime, c.field.bytes) || !isBelow(y, c.prime, c.field.bytes)) return null;
  return isOnCurve<C>(x, y) ? new EcKey<C>(curve, x, y) : null;
}

/** y² = x³ - 3x + b */
function isOnCurve<C>(x: usize, y: usize): bool {
  const f = changetype<C>(0).field;
  f.read(X, x);
  f.square(LEFT, X);
  f.multiply(LEFT, LEFT, X);
  f.lessTwice(LEFT, LEFT, X, X);
  f.read(X, changetype<C>(0).b);
  f.sum(LEFT, LEFT, X);
  f.read(Y, y);
  f.square(Y, Y);
  f.subtract(LEFT, LEFT, Y);
  return f.isZero(LEFT);
}

/** What `ecKey` makes. */
export class EcKey<C> {
  /** The coordinates, big-endian, one after the other. */
  private readonly point: StaticArray<u8>;
  /** One row of the point's multiples, or with `prepare` all of them. */
  private multiples: StaticArray<u8>;
  private isPrepared: bool = false;

  constructor(
    readonly curve: Curve<C>,
    x: usize,
    y: usize,
  ) {
    const bytes = changetype<C>(0).field.bytes;
    this.multiples = rowsOf<C>(x, y, 1);
    this.point = new StaticArray<u8>(<i32>bytes * 2);
    memory.copy(changetype<usize>(this.point), x, bytes);
    memory.copy(changetype<usize>(this.point) + bytes, y, bytes);
  }

  /**
   * Computes a table, with which verifications take a third of the time. It takes some milliseconds once, and 99 KB on P-256
   * and 139 KB on P-384, for as long as the key lives: whoever has many keys prepares those that are used.
   */
  prepare(): void {
    if (this.isPrepared) return;
    const at = changetype<usize>(this.point);
    this.multiples = tableOf<C>(at, at + changetype<C>(0).field.bytes);
    this.isPrepared = true;
  }

  /** Gives back what `prepare` took. */
  forget(): void {
    if (!this.isPrepared) return;
    const at = changetype<usize>(this.point);
    this.multiples = rowsOf<C>(at, at + changetype<C>(0).field.bytes, 1);
    this.isPrepared = false;
  }

  /** Adds the number whose digits were recoded last, times this point, to the point at infinity. */
  addTo(sum: Point<C>): void {
    if (this.isPrepared) addFromTable<C>(sum, this.multiples);
    else addFromRow<C>(sum, this.multiples);
  }
}
