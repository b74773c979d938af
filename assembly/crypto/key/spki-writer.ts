import { KeyKind, KeyParts } from "./parts";
import { ED25519, P256, P384, RSA } from "./spki";

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;
const INTEGER: u8 = 0x02;
/** Bytes of what names an algorithm, with what follows up to the key for keys on curves. */
const P256_SIZE: usize = 27;
const P384_SIZE: usize = 24;
const ED25519_SIZE: usize = 12;
const RSA_SIZE: usize = 15;

/** Bytes that the encoding of a key takes beyond its numbers. */
export const SPKI_OVERHEAD: i32 = 48;

/**
 * Writes a public key as SubjectPublicKeyInfo in DER, for hosts that verify signatures, and returns its size. The numbers need
 * not make a key, but those of keys on curves must have their length.
 */
export function writeSpki(parts: KeyParts, to: usize): usize {
  if (parts.kind == KeyKind.P256) return prefixed(P256, P256_SIZE, parts, to);
  if (parts.kind == KeyKind.P384) return prefixed(P384, P384_SIZE, parts, to);
  if (parts.kind == KeyKind.Ed25519) return prefixed(ED25519, ED25519_SIZE, parts, to);
  const numbers = integerSize(parts.first, parts.firstSize) + integerSize(parts.second, parts.secondSize);
  const bits: usize = headSize(numbers) + numbers + 1;
  let at = putHead(to, SEQUENCE, RSA_SIZE + headSize(bits) + bits);
  memory.copy(at, RSA, RSA_SIZE);
  at = putHead(at + RSA_SIZE, BIT_STRING, bits);
  store<u8>(at, 0);
  at = putHead(at + 1, SEQUENCE, numbers);
  at = putInteger(at, parts.first, parts.firstSize);
  return putInteger(at, parts.second, parts.secondSize) - to;
}

function prefixed(prefix: usize, prefixSize: usize, parts: KeyParts, to: usize): usize {
  memory.copy(to, prefix, prefixSize);
  memory.copy(to + prefixSize, parts.first, parts.firstSize);
  return prefixSize + parts.firstSize;
}

/** Bytes of a tag and a length. */
function headSize(size: usize): usize {
  return size < 0x80 ? 2 : size < 0x100 ? 3 : 4;
}

function putHead(at: usize, tag: u8, size: usize): usize {
  const head = headSize(size);
  store<u8>(at, tag);
  if (head == 2) store<u8>(at, <u8>size, 1);
  else store<u8>(at, <u8>(0x80 + head - 2), 1);
  if (head == 3) store<u8>(at, <u8>size, 2);
  if (head == 4) store<u16>(at, bswap<u16>(<u16>size), 2);
  return at + head;
}

/** Bytes of a number's content: without zeros before it, but with one where it would be negative. */
function contentSize(number: usize, size: usize): usize {
  for (; size > 1 && load<u8>(number) == 0; --size) ++number;
  return size + (load<u8>(number) >> 7);
}

function integerSize(number: usize, size: usize): usize {
  const content = contentSize(number, size);
  return headSize(content) + content;
}

function putInteger(at: usize, number: usize, size: usize): usize {
  const content = contentSize(number, size);
  at = putHead(at, INTEGER, content);
  store<u8>(at, 0);
  const digits = min(content, size);
  memory.copy(at + content - digits, number + size - digits, digits);
  return at + content;
}
