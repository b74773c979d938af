import { Sha2 } from "../hash/sha2";
import { RSA_BYTES_MAX, RsaKey } from "./key";

const OPENED = memory.data(RSA_BYTES_MAX, 16);
const EXPECTED = memory.data(RSA_BYTES_MAX, 16);

// DER of a DigestInfo up to its digest (RFC 8017 section 9.2, note 1), here of SHA-256.
const PREFIX = memory.data<u8>([
  0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
  0x20,
]);
const PREFIX_SIZE: usize = 19;

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2.2): whether a signature is that of a message with this digest. What the signature
 * opens to is compared with the one encoding that is right, whole: nothing of it is parsed.
 */
export function verifyPkcs1(key: RsaKey, hash: Sha2, digest: usize, signature: usize, size: usize): bool {
  if (size != key.bytes || !key.open(signature, OPENED)) return false;
  encode(hash, digest, size);
  return memory.compare(OPENED, EXPECTED, size) == 0;
}

function encode(hash: Sha2, digest: usize, size: usize): void {
  const digestSize = (<usize>hash) >> 3;
  const text = EXPECTED + size - digestSize - PREFIX_SIZE;
  memory.fill(EXPECTED, 0xff, size);
  store<u16>(EXPECTED, 0x0100);
  store<u8>(text - 1, 0);
  memory.copy(text, PREFIX, PREFIX_SIZE);
  store<u8>(text, <u8>(17 + digestSize), 1);
  store<u8>(text, <u8>(hash / 128 - 1), 14);
  store<u8>(text, <u8>digestSize, 18);
  memory.copy(text + PREFIX_SIZE, digest, digestSize);
}
