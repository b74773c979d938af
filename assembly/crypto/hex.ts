/** Writes the bytes that a text in hexadecimal digits stands for. False where it is not `size` bytes in such digits. */
export function fromHex(text: string, to: usize, size: i32): bool {
  if (text.length != size * 2) return false;
  for (let i = 0; i < size; ++i) {
    const high = digit(text.charCodeAt(i * 2));
    const low = digit(text.charCodeAt(i * 2 + 1));
    if (high < 0 || low < 0) return false;
    store<u8>(to + i, <u8>((high << 4) | low));
  }
  return true;
}

function digit(code: i32): i32 {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = (code | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}
