import { ZERO } from "../field/limbs";
import { EdCurve, edCurve } from "./curve";
import { decodePoint } from "./decode";
import { Ed, isZero } from "./field";
import { EdPoint } from "./point";
import { addFromRow, addFromTable, rowsOf, tableOf } from "./table";

/** Bytes of a public key, and of a signature. */
export const ED_KEY_SIZE: i32 = 32;
export const ED_SIGNATURE_SIZE: i32 = 64;

const X = memory.data(80, 16);
const Y = memory.data(80, 16);
const MULTIPLE = memory.data(320, 16);

/**
 * A public key of Ed25519 from its 32 bytes (RFC 8032, section 5.1.5); null where they are no point's only encoding, and for
 * the eight points of small order: under such a key one signature would be that of many messages.
 */
export function edKey(encoded: usize): EdKey | null {
  if (!decodePoint(encoded, X, Y)) return null;
  if (hasSmallOrder(X, Y)) return null;
  // Verification subtracts the key's multiples: its opposite's are added.
  Ed.difference(X, ZERO, X);
  return new EdKey(edCurve(), encoded, X, Y);
}

/** Whether eight times a point is the neutral one. */
function hasSmallOrder(x: usize, y: usize): bool {
  const point = changetype<EdPoint>(MULTIPLE);
  point.become(x, y);
  for (let i = 0; i < 3; ++i) point.double();
  return isZero(point.x);
}

/** What `edKey` makes. */
export class EdKey {
  /** The key as it was given. */
  readonly encoded: StaticArray<u8> = new StaticArray<u8>(ED_KEY_SIZE);
  /** One row of the opposite's multiples, or with `prepare` all of them. */
  private multiples: StaticArray<u8>;
  private isPrepared: bool = false;

  constructor(
    readonly curve: EdCurve,
    encoded: usize,
    x: usize,
    y: usize,
  ) {
    this.multiples = rowsOf(x, y, 1);
    memory.copy(changetype<usize>(this.encoded), encoded, ED_KEY_SIZE);
  }

  /**
   * Computes a table, with which verifications take a third of the time. It takes a millisecond or two once, and 149 KB for as
   * long as the key lives: whoever has many keys prepares those that are used.
   */
  prepare(): void {
    if (this.isPrepared) return;
    this.readOpposite();
    this.multiples = tableOf(X, Y);
    this.isPrepared = true;
  }

  /** Gives back what `prepare` took. */
  forget(): void {
    if (!this.isPrepared) return;
    this.readOpposite();
    this.multiples = rowsOf(X, Y, 1);
    this.isPrepared = false;
  }

  private readOpposite(): void {
    decodePoint(changetype<usize>(this.encoded), X, Y);
    Ed.difference(X, ZERO, X);
  }

  /** Subtracts the number whose digits were recoded last, times this point, from the neutral point. */
  subtractFrom(sum: EdPoint): void {
    if (this.isPrepared) addFromTable(sum, this.multiples);
    else addFromRow(sum, this.multiples);
  }
}
