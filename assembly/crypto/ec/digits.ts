/** The digits of the last number that `recode` took apart, the lowest first: one byte each, with a sign. */
export const DIGITS = memory.data(128);

const NUMBER = memory.data(64, 16);

/** How many digits a number of so many bytes has: one bit more than its own, for what the last digit carries. */
export function digitsFor(bytes: usize, width: i32): i32 {
  return (<i32>bytes * 8 + width) / width;
}

/** Takes a big-endian number of up to 48 bytes apart into digits from -(2^(width - 1) - 1) to 2^(width - 1). */
export function recode(number: usize, bytes: usize, width: i32): void {
  memory.fill(NUMBER, 0, 64);
  for (let i: usize = 0; i < bytes; ++i) store<u8>(NUMBER + i, load<u8>(number + bytes - 1 - i));
  const count = digitsFor(bytes, width);
  const base = 1 << width;
  let carry = 0;
  for (let i = 0; i < count; ++i) {
    const bit = i * width;
    const digit = (((<i32>load<u16>(NUMBER + (bit >> 3))) >> (bit & 7)) & (base - 1)) + carry;
    carry = digit > base >> 1 ? 1 : 0;
    store<i8>(DIGITS + i, <i8>(digit - (carry << width)));
  }
}
