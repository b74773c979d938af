// Sixteen characters of base64 at a time, after Muła and Lemire, "Faster Base64 Encoding and Decoding using AVX2
// Instructions" (2018): a character's two halves look up whether it is in the alphabet, and what to add for its value.
// Vectors that do not change are loaded: engines take longer to make one up.

/** Columns, rows, what to add in a row, the character that shares its row with others, and how much more it gets. */
const STANDARD = memory.data<u8>(
  [
    10, 14, 14, 14, 14, 14, 14, 14, 14, 14, 12, 5, 4, 4, 4, 5, 0, 0, 1, 2, 4, 8, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 19, 4, 191, 191, 185, 185, 0, 0, 0, 0, 0, 0, 0, 0, 0x2f, 0x2f, 0x2f, 0x2f, 0x2f, 0x2f, 0x2f, 0x2f,
    0x2f, 0x2f, 0x2f, 0x2f, 0x2f, 0x2f, 0x2f, 0x2f, 253, 253, 253, 253, 253, 253, 253, 253, 253, 253, 253,
    253, 253, 253, 253, 253,
  ],
  16,
);
const URL_SAFE = memory.data<u8>(
  [
    26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 4, 4, 5, 4, 12, 0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 17, 4, 191, 191, 185, 185, 0, 0, 0, 0, 0, 0, 0, 0, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f,
    0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 33, 33, 33, 33, 33, 33, 33, 33, 33, 33, 33, 33, 33,
    33, 33, 33,
  ],
  16,
);
/** The lower half of each byte, the lower byte of each pair, and by what the pairs of a triple are multiplied. */
const SHARED = memory.data<u16>(
  [
    0x0f0f, 0x0f0f, 0x0f0f, 0x0f0f, 0x0f0f, 0x0f0f, 0x0f0f, 0x0f0f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 4096, 1, 4096, 1, 4096, 1, 4096, 1,
  ],
  16,
);

/** The alphabet of RFC 4648 section 4. */
@unmanaged
export class Standard {
  /** Writes 16 bytes, of which 12 count; false where a character is not in the alphabet. */
  @inline
  decode(from: usize, to: usize): bool {
    return Sixteen.decode(from, to, STANDARD);
  }
}

/** The alphabet of RFC 4648 section 5. */
@unmanaged
export class UrlSafe {
  @inline
  decode(from: usize, to: usize): bool {
    return Sixteen.decode(from, to, URL_SAFE);
  }
}

class Sixteen {
  @inline
  static decode(from: usize, to: usize, alphabet: usize): bool {
    const text = v128.load(from);
    const upper = i8x16.shr_u(text, 4);
    // Each character's lower half (its column) and upper half (its row) share a bit.
    const column = i8x16.swizzle(v128.load(alphabet), v128.and(text, v128.load(SHARED)));
    const row = i8x16.swizzle(v128.load(alphabet, 16), upper);
    // What its row adds, and more for the character that shares its row with others.
    const even = i8x16.add(text, i8x16.swizzle(v128.load(alphabet, 32), upper));
    const more = v128.and(i8x16.eq(text, v128.load(alphabet, 48)), v128.load(alphabet, 64));
    Sixteen.pack(i8x16.add(even, more), to);
    return i8x16.all_true(v128.and(column, row));
  }

  /** Sixteen values of six bits as twelve bytes. */
  @inline
  static pack(values: v128, to: usize): void {
    const swapped = v128.or(i16x8.shl(v128.and(values, v128.load(SHARED, 16)), 6), i16x8.shr_u(values, 8));
    const triples = i32x4.dot_i16x8_s(swapped, v128.load(SHARED, 32));
    v128.store(to, i8x16.swizzle(triples, i8x16(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1)));
  }
}
