import { DIGEST_MAX, Sha2, digest as digestOf } from "../hash/sha2";
import { RSA_BYTES_MAX, RsaKey } from "./key";

const OPENED = memory.data(RSA_BYTES_MAX, 16);
/** Input of the mask: a digest and a counter. */
const SEED = memory.data(DIGEST_MAX + 4, 16);
const MASK = memory.data(DIGEST_MAX, 16);
/** Eight zeros, the message's digest, the salt. */
const SALTED = memory.data(8 + DIGEST_MAX + RSA_BYTES_MAX, 16);

/**
 * RSASSA-PSS (RFC 8017 section 8.1.2): whether a signature is that of a message with this digest, with the same hash
 * function in the mask. The salt is exactly as long as `saltSize` says: as long as a digest in RFC 7518 section 3.5.
 */
export function verifyPss(
  key: RsaKey,
  hash: Sha2,
  digest: usize,
  signature: usize,
  size: usize,
  saltSize: usize = (<usize>hash) >> 3,
): bool {
  if (size != key.bytes || !key.open(signature, OPENED)) return false;
  // The encoding is one bit shorter than the modulus: it may have one byte fewer.
  const unused = ((key.bits - 1) & 7) == 0 ? 1 : 0;
  if (unused == 1 && load<u8>(OPENED) != 0) return false;
  return isEncoded(hash, digest, OPENED + unused, size - unused, key.bits - 1, saltSize);
}

/** EMSA-PSS-VERIFY (section 9.1.2) of an encoding of `bits` bits. */
function isEncoded(hash: Sha2, digest: usize, from: usize, size: usize, bits: i32, saltSize: usize): bool {
  const digestSize = (<usize>hash) >> 3;
  if (size < digestSize + saltSize + 2 || load<u8>(from + size - 1) != 0xbc) return false;
  const blockSize = size - digestSize - 1;
  const seal = from + blockSize;
  const highest = (<u32>0xff) >> (<u32>size * 8 - bits);
  if ((load<u8>(from) & ~highest) != 0) return false;
  unmask(hash, from, blockSize, seal);
  store<u8>(from, load<u8>(from) & (<u8>highest));

  const salt = seal - saltSize;
  for (let at = from; at < salt - 1; ++at) if (load<u8>(at) != 0) return false;
  if (load<u8>(salt - 1) != 1) return false;
  memory.fill(SALTED, 0, 8);
  memory.copy(SALTED + 8, digest, digestSize);
  memory.copy(SALTED + 8 + digestSize, salt, saltSize);
  digestOf(hash, SALTED, 8 + digestSize + saltSize, MASK);
  return memory.compare(MASK, seal, digestSize) == 0;
}

/** Takes the mask of MGF1 (appendix B.2.1) off a block. */
function unmask(hash: Sha2, block: usize, size: usize, seed: usize): void {
  const digestSize = (<usize>hash) >> 3;
  memory.copy(SEED, seed, digestSize);
  for (let at: usize = 0, counter: u32 = 0; at < size; at += digestSize, ++counter) {
    store<u32>(SEED + digestSize, bswap(counter));
    digestOf(hash, SEED, digestSize + 4, MASK);
    const end = min(digestSize, size - at);
    for (let i: usize = 0; i < end; ++i) {
      store<u8>(block + at + i, load<u8>(block + at + i) ^ load<u8>(MASK + i));
    }
  }
}
