import { equalInConstantTime } from "./equal";
import { digestOf } from "./hash/sha2";
import { HASH_ROOM, Hash } from "./hash/hash";

const INNER: u8 = 0x36;
const OUTER: u8 = 0x5c;
const BLOCK_MAX = 128;

const ROOM = memory.data(HASH_ROOM, 16);
const PAD = memory.data(BLOCK_MAX, 16);
const DIGEST = memory.data(64, 16);

/**
 * A key of HMAC (RFC 2104) with the hash function `A`. What the key itself costs is paid once, here: a code then takes one
 * block more than the message's digest and one for the outer digest.
 */
export class HmacKey<A> {
  /** Chaining values after the inner and after the outer block. */
  private readonly chains: StaticArray<u64> = new StaticArray<u64>(16);

  /** The key is copied in a form that does not show it; any size is legal, a key longer than a block is hashed first. */
  constructor(key: usize, size: usize) {
    this.become(key, size);
  }

  /** Takes another key in place of its own: for keys that come with traffic, since it allocates nothing. */
  become(key: usize, size: usize): void {
    const algorithm = changetype<A>(0);
    if (size > algorithm.block) {
      size = digestOf<A>(key, size, DIGEST);
      key = DIGEST;
    }
    this.derive(key, size, INNER, this.inner);
    this.derive(key, size, OUTER, this.outer);
    memory.fill(DIGEST, 0, 64);
  }

  /** Begins a message in a hash of the caller's; its pieces are added with `update`. */
  begin(message: Hash<A>): void {
    message.resume(this.inner, changetype<A>(0).block);
  }

  /** Ends a message that `begin` began and writes its code, of a digest's size. */
  finish(message: Hash<A>, to: usize): void {
    const algorithm = changetype<A>(0);
    message.finish(DIGEST);
    message.resume(this.outer, algorithm.block);
    message.update(DIGEST, algorithm.digest);
    message.finish(to);
  }

  /** Writes the code of `size` bytes at `from`, of a digest's size, to `to`. */
  code(from: usize, size: usize, to: usize): void {
    const message = changetype<Hash<A>>(ROOM);
    this.begin(message);
    message.update(from, size);
    this.finish(message, to);
  }

  /**
   * Whether `code` is the message's. A code of another size than a digest's is refused, so a shortened one is; the time
   * it takes tells nothing of where a wrong one differs.
   */
  verifies(from: usize, size: usize, code: usize, codeSize: usize): bool {
    if (codeSize != changetype<A>(0).digest) return false;
    this.code(from, size, DIGEST);
    return equalInConstantTime(DIGEST, code, codeSize);
  }

  /** Chaining value after the block of the key that a message follows: 64 bytes, as a hash's `resume` takes them. */
  @inline
  get inner(): usize {
    return changetype<usize>(this.chains);
  }

  /** Chaining value after the block of the key that the inner digest follows. */
  @inline
  get outer(): usize {
    return changetype<usize>(this.chains) + 64;
  }

  private derive(key: usize, size: usize, pad: u8, chain: usize): void {
    const algorithm = changetype<A>(0);
    memory.fill(PAD, pad, algorithm.block);
    for (let i: usize = 0; i < size; ++i) store<u8>(PAD + i, pad ^ load<u8>(key + i));
    memory.copy(chain, algorithm.start, 64);
    algorithm.compress(chain, PAD);
    memory.fill(PAD, 0, algorithm.block);
  }
}
