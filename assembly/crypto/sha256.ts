import { Sha256 } from "./hash/algorithms";
import { digestOf } from "./hash/sha2";
import { compress256 } from "./hash/sha256-block";

/** Size of a digest in bytes. */
export const SHA256_SIZE: i32 = 32;

const BLOCK = memory.data(64, 16);
const CHAIN = memory.data(32, 16);
/** Longest text that fits into a block with its end and its length. */
const SHORT_MAX: usize = 55;

/** Writes the SHA-256 digest (FIPS 180-4) of `size` bytes at `from` to the 32 bytes at `to`. Allocates nothing. */
export function sha256(from: usize, size: usize, to: usize): void {
  if (size > SHORT_MAX) {
    digestOf<Sha256>(from, size, to);
    return;
  }
  // Most keys are short: one block, without what it takes to hash piece by piece.
  const algorithm = changetype<Sha256>(0);
  for (let i: usize = 0; i < 64; i += 16) v128.store(BLOCK + i, i64x2(0, 0));
  for (let i: usize = 0; i < size; ++i) store<u8>(BLOCK + i, load<u8>(from + i));
  store<u8>(BLOCK + size, 0x80);
  store<u64>(BLOCK, bswap<u64>(size << 3), 56);
  v128.store(CHAIN, v128.load(algorithm.start));
  v128.store(CHAIN, v128.load(algorithm.start, 16), 16);
  compress256(CHAIN, BLOCK);
  algorithm.write(CHAIN, to);
}
