import { ZERO } from "../field/limbs";
import { Ed, ONE, multiply, square } from "./field";

// Points of edwards25519 in extended coordinates: X, Y, Z, T stand for (X/Z, Y/Z), with T = XY/Z (RFC 8032, section 5.1.4).
// The formulas hold for all points.

const A = memory.data(80, 16);
const B = memory.data(80, 16);
const C = memory.data(80, 16);
const D = memory.data(80, 16);
const E = memory.data(80, 16);
const F = memory.data(80, 16);
const G = memory.data(80, 16);
const H = memory.data(80, 16);

/** Bytes that a point takes. */
export const POINT_ROOM: i32 = 320;

@unmanaged
export class EdPoint {
  @inline get x(): usize {
    return changetype<usize>(this);
  }
  @inline get y(): usize {
    return changetype<usize>(this) + 80;
  }
  @inline get z(): usize {
    return changetype<usize>(this) + 160;
  }
  @inline get t(): usize {
    return changetype<usize>(this) + 240;
  }

  becomeNeutral(): void {
    this.become(ZERO, ONE);
  }

  /** Takes affine coordinates. */
  become(x: usize, y: usize): void {
    memory.copy(this.x, x, 72);
    memory.copy(this.y, y, 72);
    memory.copy(this.z, ONE, 72);
    multiply(this.t, x, y);
  }

  /** Adds the point whose y + x, y - x and 2dxy are given: madd-2008-hwcd-3 of Hisil, Wong, Carter and Dawson. */
  add(sum: usize, difference: usize, product: usize): void {
    Ed.subtractUncarried(A, this.y, this.x);
    multiply(A, A, difference);
    Ed.addUncarried(B, this.y, this.x);
    multiply(B, B, sum);
    multiply(C, this.t, product);
    Ed.addUncarried(D, this.z, this.z);
    Ed.subtractUncarried(E, B, A);
    Ed.subtractUncarried(F, D, C);
    Ed.sum(G, D, C);
    Ed.addUncarried(H, B, A);
    this.multiplyOut();
  }

  /** Adds the point to itself: dbl-2008-hwcd. */
  double(): void {
    square(A, this.x);
    square(B, this.y);
    square(C, this.z);
    Ed.sum(C, C, C);
    Ed.sum(E, this.x, this.y);
    square(E, E);
    Ed.difference(E, E, A);
    Ed.difference(E, E, B);
    Ed.difference(G, B, A);
    Ed.subtractUncarried(F, G, C);
    Ed.addUncarried(H, A, B);
    Ed.subtractUncarried(H, ZERO, H);
    this.multiplyOut();
  }

  @inline
  private multiplyOut(): void {
    multiply(this.x, E, F);
    multiply(this.y, G, H);
    multiply(this.t, E, H);
    multiply(this.z, F, G);
  }
}
