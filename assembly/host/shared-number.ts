import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { putDecimal } from "../abi/digits";

// Whole numbers as decimal digits: what other filters and other languages can read, too.

/** Most characters of a whole number of 64 bits. */
const MOST = 20;

/** The number that the bytes are; 0 where they are none. */
export function parseInteger(bytes: Bytes | null): i64 {
  if (bytes === null || bytes.length > MOST) return 0;
  const negative = bytes.length > 1 && bytes.at(0) == 0x2d;
  let value: i64 = 0;
  for (let i = negative ? 1 : 0; i < bytes.length; ++i) {
    const digit: u32 = <u32>bytes.at(i) - 0x30;
    if (digit > 9) return 0;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

/** The digits of a number, valid until the callback returns. */
export function integerText(value: i64): Bytes {
  const at = take(MOST + 1);
  let to = at;
  if (value < 0) store<u8>(to++, 0x2d);
  to = putDecimal(value < 0 ? 0 - value : value, to);
  return Bytes.view(at, to - at);
}
