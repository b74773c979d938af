/** As many of one byte. */
export function repeated(byte: u8, count: i32): u8[] {
  const bytes = new Array<u8>(count);
  for (let i = 0; i < count; ++i) bytes[i] = byte;
  return bytes;
}
