import { encode } from "meshscript/assembly/abi/text";

/** Bytes at an address, copied. */
export function bytesAt(start: usize, end: usize): u8[] {
  const bytes: u8[] = [];
  for (let at = start; at < end; ++at) bytes.push(load<u8>(at));
  return bytes;
}

/** What `encode` makes of a text. */
export function encoded(text: string): u8[] {
  const room = new StaticArray<u8>(text.length * 3 + 1);
  const at = changetype<usize>(room);
  return bytesAt(at, encode(text, at));
}

/** Copies bytes to memory that stays for the whole spec, and returns where they begin. */
export function placed(bytes: u8[]): usize {
  const at = heap.alloc(bytes.length + 8);
  for (let i = 0; i < bytes.length; ++i) store<u8>(at + i, bytes[i]);
  return at;
}
