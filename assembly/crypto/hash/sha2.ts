import { Sha256, Sha384, Sha512 } from "./algorithms";
import { HASH_ROOM, Hash } from "./hash";

/** A hash function of the SHA-2 family that is known only at run time; its value is the digest's size in bits. */
export enum Sha2 {
  Sha256 = 256,
  Sha384 = 384,
  Sha512 = 512,
}

/** Size of the longest digest in bytes. */
export const DIGEST_MAX: i32 = 64;

const ROOM = memory.data(HASH_ROOM, 16);

/** Writes the digest of `size` bytes at `from` to `to`, and returns the digest's size in bytes. */
export function digest(hash: Sha2, from: usize, size: usize, to: usize): usize {
  if (hash == Sha2.Sha256) return digestOf<Sha256>(from, size, to);
  if (hash == Sha2.Sha384) return digestOf<Sha384>(from, size, to);
  return digestOf<Sha512>(from, size, to);
}

/** The same for an algorithm known at compile time. */
export function digestOf<A>(from: usize, size: usize, to: usize): usize {
  const running = changetype<Hash<A>>(ROOM);
  running.start();
  running.update(from, size);
  running.finish(to);
  return changetype<A>(0).digest;
}
