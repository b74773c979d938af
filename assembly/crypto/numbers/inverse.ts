import { fromLimbs, toLimbs } from "./bytes";

// Inverses by division steps: Bernstein and Yang, "Fast constant-time gcd computation and modular inversion" (2019), in the
// variable-time form that libsecp256k1 uses (doc/safegcd_implementation.md). Thirty steps at a time are gathered in a matrix
// [u v; q r] from the lowest bits of f and g alone, and then applied to the whole numbers. What is inverted is public.

const BITS = 30;
const MASK: i32 = 0x3fffffff;
const ROOM = 64;

const M = memory.data(ROOM, 16);
const F = memory.data(ROOM, 16);
const G = memory.data(ROOM, 16);
const D = memory.data(ROOM, 16);
const E = memory.data(ROOM, 16);

/** 1/M modulo 2^30. */
let inverse: i32 = 0;
let u: i32 = 0;
let v: i32 = 0;
let q: i32 = 0;
let r: i32 = 0;

/**
 * Writes 1/value modulo an odd prime, all of them `size` bytes, at most 48, big-endian. The value must be below the modulus
 * and not zero; it may be where the result goes.
 */
export function invert(modulus: usize, value: usize, size: usize, to: usize): void {
  const count = <i32>((size * 8 + BITS) / BITS);
  begin(modulus, value, size, count);
  let eta = -1;
  let used = count;
  for (; !isDone(used); used = shortened(used)) {
    eta = steps(eta);
    updateFactors(count);
    updateRemainders(used);
  }
  settle(count, load<i32>(F + ((<usize>(used - 1)) << 2)) < 0);
  fromLimbs<u32>(D, BITS, to, size);
}

function begin(modulus: usize, value: usize, size: usize, count: i32): void {
  toLimbs<u32>(modulus, size, M, count, BITS);
  toLimbs<u32>(value, size, G, count, BITS);
  memory.copy(F, M, ROOM);
  memory.fill(D, 0, ROOM);
  memory.fill(E, 0, ROOM);
  store<i32>(E, 1);
  const low = load<i32>(M);
  inverse = low;
  for (let i = 0; i < 4; ++i) inverse *= 2 - low * inverse;
}

function isDone(count: i32): bool {
  let bits = 0;
  for (let i: usize = 0; i < <usize>count; ++i) bits |= load<i32>(G + (i << 2));
  return bits == 0;
}

/** Thirty division steps on the lowest bits of F and G; u, v, q and r say what they come to. Returns the next η. */
function steps(eta: i32): i32 {
  let f = load<u32>(F) | (load<u32>(F, 4) << BITS);
  let g = load<u32>(G) | (load<u32>(G, 4) << BITS);
  let fu = 1;
  let fv = 0;
  let gu = 0;
  let gv = 1;
  let left = BITS;
  while (true) {
    const zeros = <i32>ctz(g | (-1 << left));
    g >>= zeros;
    fu <<= zeros;
    fv <<= zeros;
    eta -= zeros;
    left -= zeros;
    if (left == 0) break;
    if (eta < 0) {
      eta = -eta;
      const oldF = f;
      f = g;
      g = 0 - oldF;
      const oldU = fu;
      fu = gu;
      gu = -oldU;
      const oldV = fv;
      fv = gv;
      gv = -oldV;
    }
    // -g/f modulo 2^6 clears up to six bits of g at once: f (f² - 2) is -1/f there.
    const limit = min(min(eta + 1, left), 6);
    const times = (f * g * (f * f - 2)) & ((1 << limit) - 1);
    g += f * times;
    gu += fu * <i32>times;
    gv += fv * <i32>times;
  }
  u = fu;
  v = fv;
  q = gu;
  r = gv;
  return eta;
}

/** (D, E) becomes the matrix times (D, E), divided by 2^30 modulo M. */
function updateFactors(count: i32): void {
  const last = (<usize>(count - 1)) << 2;
  const signD = load<i32>(D + last) >> 31;
  const signE = load<i32>(E + last) >> 31;
  let timesD = (u & signD) + (v & signE);
  let timesE = (q & signD) + (r & signE);
  let d = Row.of(u, D, v, E);
  let e = Row.of(q, D, r, E);
  timesD -= (inverse * <i32>d + timesD) & MASK;
  timesE -= (inverse * <i32>e + timesE) & MASK;
  d = (d + <i64>load<i32>(M) * timesD) >> BITS;
  e = (e + <i64>load<i32>(M) * timesE) >> BITS;
  for (let i: usize = 4; i <= last; i += 4) {
    const limb = <i64>load<i32>(M + i);
    d += Row.of(u, D + i, v, E + i) + limb * timesD;
    e += Row.of(q, D + i, r, E + i) + limb * timesE;
    store<i32>(D + i - 4, (<i32>d) & MASK);
    store<i32>(E + i - 4, (<i32>e) & MASK);
    d >>= BITS;
    e >>= BITS;
  }
  store<i32>(D + last, <i32>d);
  store<i32>(E + last, <i32>e);
}

/** (F, G) becomes the matrix times (F, G), divided by 2^30: the steps made it divisible. */
function updateRemainders(count: i32): void {
  const last = (<usize>(count - 1)) << 2;
  let f = Row.of(u, F, v, G) >> BITS;
  let g = Row.of(q, F, r, G) >> BITS;
  for (let i: usize = 4; i <= last; i += 4) {
    f += Row.of(u, F + i, v, G + i);
    g += Row.of(q, F + i, r, G + i);
    store<i32>(F + i - 4, (<i32>f) & MASK);
    store<i32>(G + i - 4, (<i32>g) & MASK);
    f >>= BITS;
    g >>= BITS;
  }
  store<i32>(F + last, <i32>f);
  store<i32>(G + last, <i32>g);
}

class Row {
  @inline
  static of(a: i32, x: usize, b: i32, y: usize): i64 {
    return <i64>a * load<i32>(x) + <i64>b * load<i32>(y);
  }
}

/** One limb fewer where the highest limbs of F and G are nothing but signs. */
function shortened(count: i32): i32 {
  const last = (<usize>(count - 1)) << 2;
  const f = load<i32>(F + last);
  const g = load<i32>(G + last);
  if (count < 3 || (f ^ (f >> 31)) != 0 || (g ^ (g >> 31)) != 0) return count;
  store<i32>(F + last - 4, load<i32>(F + last - 4) | (f << BITS));
  store<i32>(G + last - 4, load<i32>(G + last - 4) | (g << BITS));
  return count - 1;
}

/** Brings D, between -2M and M, into 0 to M, negated where F is -1 and not 1. */
function settle(count: i32, negated: bool): void {
  const last = (<usize>(count - 1)) << 2;
  carry(last, load<i32>(D + last) >> 31, 0);
  if (negated) carry(last, 0, -1);
  carry(last, load<i32>(D + last) >> 31, 0);
}

/** D, negated where `negation` is -1, plus M where `addition` is -1, with limbs below 2^30 but for the sign of the last. */
function carry(last: usize, addition: i32, negation: i32): void {
  let sum = 0;
  for (let i: usize = 0; i <= last; i += 4) {
    sum += (load<i32>(D + i) ^ negation) - negation + (load<i32>(M + i) & addition);
    store<i32>(D + i, i == last ? sum : sum & MASK);
    sum >>= BITS;
  }
}
