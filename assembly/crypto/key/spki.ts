import { content, contentEnd, enter, enterPositive } from "./der";
import { KeyKind, KeyParts } from "./parts";

// SubjectPublicKeyInfo in DER (RFC 5280, section 4.1.2.7). Keys on curves have one encoding that is read: what stands before
// their bytes is compared, not parsed. Points are uncompressed (RFC 5480, section 2.2; RFC 8410, section 4).

/** What stands before the bytes of a point or key. */
export const P256 = memory.data<u8>([
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
  0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
]);
export const P384 = memory.data<u8>([
  0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04,
  0x00, 0x22, 0x03, 0x62, 0x00, 0x04,
]);
export const ED25519 = memory.data<u8>([
  0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
]);
/** AlgorithmIdentifier of RSA with its NULL (RFC 3279, section 2.3.1). */
export const RSA = memory.data<u8>([
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]);

const SEQUENCE: u32 = 0x30;
const BIT_STRING: u32 = 0x03;

/**
 * Finds the numbers of a public key in DER; null where it is of another kind, not in DER, or anything stands behind it.
 * Whether they make a key is for `RsaKey`, `EcKey` and `EdKey` to say.
 */
export function readSpki(from: usize, size: usize): KeyParts | null {
  if (follows(from, size, P256, 27, 64)) return new KeyParts(KeyKind.P256, from + 27, 64);
  if (follows(from, size, P384, 24, 96)) return new KeyParts(KeyKind.P384, from + 24, 96);
  if (follows(from, size, ED25519, 12, 32)) return new KeyParts(KeyKind.Ed25519, from + 12, 32);
  return readRsa(from, from + size);
}

/** Whether these bytes stand first, and exactly `rest` more behind them. */
function follows(from: usize, size: usize, prefix: usize, prefixSize: usize, rest: usize): bool {
  return size == prefixSize + rest && memory.compare(from, prefix, prefixSize) == 0;
}

/** SEQUENCE { RSA, BIT STRING { SEQUENCE { modulus INTEGER, exponent INTEGER } } } */
function readRsa(from: usize, end: usize): KeyParts | null {
  if (!enter(from, end, SEQUENCE) || contentEnd != end) return null;
  if (end - content < 15 || memory.compare(content, RSA, 15) != 0) return null;
  if (!enter(content + 15, end, BIT_STRING) || contentEnd != end) return null;
  if (content == end || load<u8>(content) != 0) return null;
  if (!enter(content + 1, end, SEQUENCE) || contentEnd != end) return null;
  if (!enterPositive(content, end)) return null;
  const modulus = content;
  const modulusEnd = contentEnd;
  if (!enterPositive(modulusEnd, end) || contentEnd != end) return null;
  return new KeyParts(KeyKind.Rsa, modulus, modulusEnd - modulus, content, end - content);
}
