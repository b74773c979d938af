/** Value of a hexadecimal digit, -1 where the byte is none. */
export function hexDigit(byte: u32): i32 {
  if (byte - 0x30 < 10) return byte - 0x30;
  const letter = (byte | 0x20) - 0x61;
  return letter < 6 ? <i32>letter + 10 : -1;
}

/** Writes a number in decimal digits, at most 20. Returns the end of what it wrote. */
export function putDecimal(value: u64, to: usize): usize {
  let unit: u64 = 1;
  while (value / unit >= 10) unit *= 10;
  for (; unit > 0; unit /= 10) store<u8>(to++, <u8>(0x30 + ((value / unit) % 10)));
  return to;
}
