// Points of a curve y² = x³ - 3x + b in Jacobian coordinates: X, Y, Z stand for (X/Z², Y/Z³), and a mark behind them for the
// point at infinity. `C` is one of the curves beside this file. Time depends on the points, which are public.

/** Bytes that a point takes at most. */
export const POINT_MAX: usize = 352;

const A = memory.data(112, 16);
const B = memory.data(112, 16);
const H = memory.data(112, 16);
const R = memory.data(112, 16);
const V = memory.data(112, 16);

@unmanaged
export class Point<C> {
  @inline get x(): usize {
    return changetype<usize>(this);
  }
  @inline get y(): usize {
    return changetype<usize>(this) + changetype<C>(0).field.size;
  }
  @inline get z(): usize {
    return changetype<usize>(this) + changetype<C>(0).field.size * 2;
  }

  @inline get isInfinite(): bool {
    return load<bool>(changetype<usize>(this) + changetype<C>(0).field.size * 3);
  }
  @inline set isInfinite(value: bool) {
    store<bool>(changetype<usize>(this) + changetype<C>(0).field.size * 3, value);
  }

  /** Adds the point with these coordinates: madd of Cohen, Miyaji and Ono (1998), and the cases that it leaves out. */
  add(x: usize, y: usize): void {
    const f = changetype<C>(0).field;
    if (this.isInfinite) return this.become(x, y);
    f.square(A, this.z);
    f.multiply(H, x, A);
    f.multiply(R, this.z, A);
    f.multiply(R, y, R);
    f.subtract(H, H, this.x);
    f.subtract(R, R, this.y);
    if (f.isZero(H)) return this.addToSameX();
    f.square(A, H);
    f.multiply(B, H, A);
    f.multiply(V, this.x, A);
    f.square(A, R);
    f.lessTwice(this.x, A, B, V);
    f.subtract(V, V, this.x);
    f.multiply(V, R, V);
    f.multiply(A, this.y, B);
    f.difference(this.y, V, A);
    f.multiply(this.z, this.z, H);
  }

  /** Adds the point to itself: dbl-2001-b of Bernstein, for curves with -3. */
  double(): void {
    if (this.isInfinite) return;
    const f = changetype<C>(0).field;
    f.square(A, this.z);
    f.subtract(B, this.x, A);
    f.sum(A, this.x, A);
    f.multiply(A, A, B);
    f.sum(R, A, A);
    f.sum(R, R, A);
    f.multiply(H, this.y, this.z);
    f.sum(this.z, H, H);
    f.square(A, this.y);
    f.multiply(B, this.x, A);
    this.completeDouble();
  }

  @inline
  become(x: usize, y: usize): void {
    const f = changetype<C>(0).field;
    f.copy(this.x, x);
    f.copy(this.y, y);
    memory.copy(this.z, f.one, f.size);
    this.isInfinite = false;
  }

  /** With 3(X - Z²)(X + Z²) in R, Y² in A and XY² in B: X is R² - 8B, and Y is R(4B - X) - 8A². */
  private completeDouble(): void {
    const f = changetype<C>(0).field;
    f.sum(B, B, B);
    f.sum(B, B, B);
    f.square(V, R);
    f.lessTwice(this.x, V, ZERO, B);
    f.subtract(H, B, this.x);
    f.multiply(H, R, H);
    f.square(A, A);
    f.sum(A, A, A);
    f.sum(A, A, A);
    f.lessTwice(this.y, H, ZERO, A);
  }

  private addToSameX(): void {
    if (changetype<C>(0).field.isZero(R)) this.double();
    else this.isInfinite = true;
  }
}

const ZERO = memory.data(112, 16);
