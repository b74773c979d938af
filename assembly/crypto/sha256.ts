import { Sha256 } from "./hash/algorithms";
import { digestOf } from "./hash/sha2";

/** Size of a digest in bytes. */
export const SHA256_SIZE: i32 = 32;

/** Writes the SHA-256 digest (FIPS 180-4) of `size` bytes at `from` to the 32 bytes at `to`. Allocates nothing. */
export function sha256(from: usize, size: usize, to: usize): void {
  digestOf<Sha256>(from, size, to);
}
