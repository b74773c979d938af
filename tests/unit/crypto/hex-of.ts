import { fromHex } from "meshscript/assembly/crypto/hex";

/** Bytes at an address, in hexadecimal digits. */
export function hexOf(at: usize, size: i32): string {
  let text = "";
  for (let i = 0; i < size; ++i)
    text += load<u8>(at + i)
      .toString(16)
      .padStart(2, "0");
  return text;
}

/** Copies what hexadecimal digits stand for to memory that stays for the whole spec, and returns where it begins. */
export function bytesOf(hex: string): usize {
  const size = hex.length / 2;
  const at = heap.alloc(size + 16);
  if (!fromHex(hex, at, size)) throw new Error("no hexadecimal digits: " + hex);
  return at;
}

/** Turns a bit over, counted from the lowest of the byte at `at`. */
export function turnBit(at: usize, bit: i32): void {
  const byte: i32 = load<u8>(at + (bit >> 3));
  const mask = 1 << (bit & 7);
  store<u8>(at + (bit >> 3), <u8>(byte ^ mask));
}
