import { Limbs9, ZERO9, difference9, sum9 } from "../field/limbs9";
import { ONE, multiply, square } from "./field";

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
    this.become(ZERO9, ONE);
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
    Limbs9.subtract(A, this.y, this.x);
    multiply(A, A, difference);
    Limbs9.add(B, this.y, this.x);
    multiply(B, B, sum);
    multiply(C, this.t, product);
    Limbs9.add(D, this.z, this.z);
    Limbs9.subtract(E, B, A);
    Limbs9.subtract(F, D, C);
    sum9(G, D, C);
    Limbs9.add(H, B, A);
    this.multiplyOut();
  }

  /** Adds the point to itself: dbl-2008-hwcd. */
  double(): void {
    square(A, this.x);
    square(B, this.y);
    square(C, this.z);
    sum9(C, C, C);
    sum9(E, this.x, this.y);
    square(E, E);
    difference9(E, E, A);
    difference9(E, E, B);
    difference9(G, B, A);
    Limbs9.subtract(F, G, C);
    Limbs9.add(H, A, B);
    Limbs9.subtract(H, ZERO9, H);
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
