/** Bytes of memory that a hash in progress takes; they must be aligned to 16. */
export const HASH_ROOM: i32 = 208;
const PENDING: usize = 64;
const SIZE: usize = 192;

/**
 * A message being hashed piece by piece, in memory that its maker gives: `changetype<Hash<Sha256>>(room)`. `A` is one of
 * the algorithms beside this file. Allocates nothing.
 */
@unmanaged
export class Hash<A> {
  @inline
  private get chain(): usize {
    return changetype<usize>(this);
  }

  @inline
  private get algorithm(): A {
    return changetype<A>(0);
  }

  /** Begins an empty message. */
  start(): void {
    this.resume(this.algorithm.start, 0);
  }

  /** Goes on from a chaining value that stands for a message of `size` bytes, whole blocks. */
  resume(chain: usize, size: u64): void {
    for (let i: usize = 0; i < 64; i += 16) v128.store(this.chain + i, v128.load(chain + i));
    store<u64>(this.chain, size, SIZE);
    this.clear();
  }

  /** Adds `size` bytes at `from` to the message. */
  update(from: usize, size: usize): void {
    const block = this.algorithm.block;
    const pending = this.chain + PENDING;
    const used = (<usize>load<u64>(this.chain, SIZE)) & (block - 1);
    store<u64>(this.chain, load<u64>(this.chain, SIZE) + size, SIZE);
    if (used > 0) {
      const part = min(block - used, size);
      copy(pending + used, from, part);
      if (used + part < block) return;
      this.algorithm.compress(this.chain, pending);
      this.clear();
      from += part;
      size -= part;
    }
    for (; size >= block; size -= block, from += block) this.algorithm.compress(this.chain, from);
    copy(pending, from, size);
  }

  /** Ends the message and writes its digest; the next message begins with `start` or `resume`. */
  finish(to: usize): void {
    const block = this.algorithm.block;
    const pending = this.chain + PENDING;
    const size = load<u64>(this.chain, SIZE);
    const used = (<usize>size) & (block - 1);
    store<u8>(pending + used, 0x80);
    if (used >= block - this.algorithm.length) {
      this.algorithm.compress(this.chain, pending);
      this.clear();
    }
    store<u64>(pending + block - 8, bswap<u64>(size << 3));
    this.algorithm.compress(this.chain, pending);
    this.algorithm.write(this.chain, to);
  }

  /** What is pending always has zeros behind it. */
  private clear(): void {
    const pending = this.chain + PENDING;
    for (let i: usize = 0; i < this.algorithm.block; i += 16) v128.store(pending + i, i64x2(0, 0));
  }
}

/** `memory.copy` for a few bytes, where calling it takes longer. */
function copy(to: usize, from: usize, size: usize): void {
  for (; size >= 8; size -= 8, to += 8, from += 8) store<u64>(to, load<u64>(from));
  for (; size > 0; --size, ++to, ++from) store<u8>(to, load<u8>(from));
}
