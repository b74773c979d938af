// Products of whole numbers and their reduction, four rows of the schoolbook at a time: two products per instruction, and
// each column is read and written once for four rows. Columns are sums without carries.

/** What a limb of 27 bits can hold. */
export const MASK: u32 = 0x7ffffff;
const BITS = 27;

/** Columns of a product of numbers of up to 152 limbs, and four that rows run over into. */
const COLUMNS = memory.data((2 * 152 + 8) * 8, 16);
const PADDED = memory.data(152 * 4 + 32, 16);
/** A factor with the zero limbs on both sides that `addRows` reads. */
const FACTOR = PADDED + 16;

/** Columns of a b, each factor `bytes` long. */
export function multiply(a: usize, b: usize, bytes: usize): void {
  begin(b, bytes);
  for (let i: usize = 0; i < bytes; i += 16) {
    const row = a + i;
    Rows.add(
      COLUMNS + (i << 1),
      FACTOR,
      FACTOR + bytes,
      v128.load32_splat(row),
      v128.load32_splat(row, 4),
      v128.load32_splat(row, 8),
      v128.load32_splat(row, 12),
    );
  }
}

/** Empty columns, and the factor with zeros behind it. In vectors, since bulk instructions cost much for few bytes. */
function begin(factor: usize, bytes: usize): void {
  const zero = i64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const columns = COLUMNS + (i << 2);
    v128.store(columns, zero);
    v128.store(columns, zero, 16);
    v128.store(columns, zero, 32);
    v128.store(columns, zero, 48);
    v128.store(FACTOR + i, v128.load(factor + i));
  }
  v128.store(COLUMNS + bytes * 4, zero);
  v128.store(COLUMNS + bytes * 4, zero, 16);
  v128.store(FACTOR + bytes, zero);
}

/** Columns of a²: products of two different limbs are computed once and count twice. */
export function square(a: usize, bytes: usize): void {
  begin(a, bytes);
  for (let i: usize = 0; i < bytes; i += 16) {
    const block = a + i;
    const columns = COLUMNS + (i << 2);
    const r0 = v128.load32_splat(block);
    const r1 = v128.load32_splat(block, 4);
    const r2 = v128.load32_splat(block, 8);
    const r3 = v128.load32_splat(block, 12);
    Rows.addOne(columns, r0, block);
    Rows.addOne(columns + 8, r1, block);
    Rows.addOne(columns + 16, r2, block);
    Rows.addOne(columns + 24, r3, block);
    // What was squared takes no part in the products with higher limbs.
    v128.store(FACTOR + i, i64x2.splat(0));
    Rows.add(
      columns + 32,
      FACTOR + i + 16,
      FACTOR + bytes,
      i32x4.shl(r0, 1),
      i32x4.shl(r1, 1),
      i32x4.shl(r2, 1),
      i32x4.shl(r3, 1),
    );
  }
}

/**
 * to = columns / R modulo a modulus with zero limbs on both sides: multiples of it make the lowest columns zero, four at a
 * time. `inverse` is -1 / modulus in the lowest limb.
 */
export function reduce(to: usize, modulus: usize, bytes: usize, inverse: u64): void {
  const m0 = <u64>load<u32>(modulus);
  const m1 = <u64>load<u32>(modulus, 4);
  const m2 = <u64>load<u32>(modulus, 8);
  const m3 = <u64>load<u32>(modulus, 12);
  let columns = COLUMNS;
  for (const end = COLUMNS + bytes * 2; columns < end; columns += 32) {
    let sum = load<u64>(columns);
    const q0 = (sum * inverse) & MASK;
    sum = ((sum + q0 * m0) >> BITS) + load<u64>(columns, 8) + q0 * m1;
    const q1 = (sum * inverse) & MASK;
    sum = ((sum + q1 * m0) >> BITS) + load<u64>(columns, 16) + q0 * m2 + q1 * m1;
    const q2 = (sum * inverse) & MASK;
    sum = ((sum + q2 * m0) >> BITS) + load<u64>(columns, 24) + q0 * m3 + q1 * m2 + q2 * m1;
    const q3 = (sum * inverse) & MASK;
    sum = (sum + q3 * m0) >> BITS;
    store<u64>(columns, load<u64>(columns, 32) + sum, 32);
    Rows.add(
      columns + 32,
      modulus + 16,
      modulus + bytes,
      i32x4.splat(<i32>q0),
      i32x4.splat(<i32>q1),
      i32x4.splat(<i32>q2),
      i32x4.splat(<i32>q3),
    );
  }
  carry(to, columns, bytes);
}

function carry(to: usize, columns: usize, bytes: usize): void {
  let sum: u64 = 0;
  for (const end = to + bytes; to < end; to += 8, columns += 16) {
    sum += load<u64>(columns);
    store<u32>(to, (<u32>sum) & MASK);
    sum = (sum >> BITS) + load<u64>(columns, 8);
    store<u32>(to, (<u32>sum) & MASK, 4);
    sum >>= BITS;
  }
}

class Rows {
  /** Adds four limbs times a factor, from the factor's limb at `from` to one block behind its end: two blocks at a time. */
  @inline
  static add(columns: usize, from: usize, end: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
    let at = from - 12;
    if (((end - from) & 16) == 0) {
      Rows.addBlock(columns, at, r0, r1, r2, r3);
      at += 16;
      columns += 32;
    }
    for (; at < end - 12; at += 32, columns += 64) {
      Rows.addBlock(columns, at, r0, r1, r2, r3);
      Rows.addNextBlock(columns, at, r0, r1, r2, r3);
    }
  }

  @inline
  static addBlock(columns: usize, at: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
    const f0 = v128.load(at, 12);
    const f1 = v128.load(at, 8);
    const f2 = v128.load(at, 4);
    const f3 = v128.load(at);
    let sum = i64x2.add(v128.load(columns), i64x2.extmul_low_i32x4_u(f0, r0));
    sum = i64x2.add(sum, i64x2.extmul_low_i32x4_u(f1, r1));
    const more = i64x2.add(i64x2.extmul_low_i32x4_u(f2, r2), i64x2.extmul_low_i32x4_u(f3, r3));
    v128.store(columns, i64x2.add(sum, more));
    sum = i64x2.add(v128.load(columns, 16), i64x2.extmul_high_i32x4_u(f0, r0));
    sum = i64x2.add(sum, i64x2.extmul_high_i32x4_u(f1, r1));
    const rest = i64x2.add(i64x2.extmul_high_i32x4_u(f2, r2), i64x2.extmul_high_i32x4_u(f3, r3));
    v128.store(columns, i64x2.add(sum, rest), 16);
  }

  @inline
  static addNextBlock(columns: usize, at: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
    const f0 = v128.load(at, 28);
    const f1 = v128.load(at, 24);
    const f2 = v128.load(at, 20);
    const f3 = v128.load(at, 16);
    let sum = i64x2.add(v128.load(columns, 32), i64x2.extmul_low_i32x4_u(f0, r0));
    sum = i64x2.add(sum, i64x2.extmul_low_i32x4_u(f1, r1));
    const more = i64x2.add(i64x2.extmul_low_i32x4_u(f2, r2), i64x2.extmul_low_i32x4_u(f3, r3));
    v128.store(columns, i64x2.add(sum, more), 32);
    sum = i64x2.add(v128.load(columns, 48), i64x2.extmul_high_i32x4_u(f0, r0));
    sum = i64x2.add(sum, i64x2.extmul_high_i32x4_u(f1, r1));
    const rest = i64x2.add(i64x2.extmul_high_i32x4_u(f2, r2), i64x2.extmul_high_i32x4_u(f3, r3));
    v128.store(columns, i64x2.add(sum, rest), 48);
  }

  /** Adds one limb times four. */
  @inline
  static addOne(columns: usize, row: v128, four: usize): void {
    const factor = v128.load(four);
    v128.store(columns, i64x2.add(v128.load(columns), i64x2.extmul_low_i32x4_u(row, factor)));
    v128.store(columns, i64x2.add(v128.load(columns, 16), i64x2.extmul_high_i32x4_u(row, factor)), 16);
  }
}
