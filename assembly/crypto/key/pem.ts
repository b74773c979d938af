import { decodeBase64, withoutBlanks } from "../base64";

const BEGIN = memory.data<u8>([
  0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x42, 0x45, 0x47, 0x49, 0x4e, 0x20, 0x50, 0x55, 0x42, 0x4c, 0x49, 0x43, 0x20,
  0x4b, 0x45, 0x59, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d,
]);
const END = memory.data<u8>([
  0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x45, 0x4e, 0x44, 0x20, 0x50, 0x55, 0x42, 0x4c, 0x49, 0x43, 0x20, 0x4b, 0x45,
  0x59, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d,
]);
const BEGIN_SIZE: usize = 26;
const END_SIZE: usize = 24;

/**
 * Decodes a public key in PEM (RFC 7468, section 13) to DER in a room of its own size, and returns the DER's size. -1 where the
 * text is not exactly one `PUBLIC KEY` with nothing but white space around it, in strict base64 but for its white space.
 */
export function decodePem(from: usize, size: usize, to: usize): i32 {
  let end = from + size;
  while (end > from && isBlank(load<u8>(end - 1))) --end;
  while (from < end && isBlank(load<u8>(from))) ++from;
  if (end - from < BEGIN_SIZE + END_SIZE) return -1;
  const bodyEnd = end - END_SIZE;
  if (memory.compare(from, BEGIN, BEGIN_SIZE) != 0 || memory.compare(bodyEnd, END, END_SIZE) != 0) return -1;
  const count = withoutBlanks(from + BEGIN_SIZE, bodyEnd - from - BEGIN_SIZE, to);
  return count == 0 ? -1 : decodeBase64(to, count, to);
}

function isBlank(byte: u32): bool {
  return byte == 0x20 || byte - 9 < 5;
}
