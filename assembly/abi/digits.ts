/** Value of a hexadecimal digit, -1 where the byte is none. */
export function hexDigit(byte: u32): i32 {
  if (byte - 0x30 < 10) return byte - 0x30;
  const letter = (byte | 0x20) - 0x61;
  return letter < 6 ? <i32>letter + 10 : -1;
}
