import { compress256 } from "./sha256-block";
import { compress512 } from "./sha512-block";

// The hash functions of FIPS 180-4 as `Hash` needs them: handles without memory of their own, known at compile time.
// Their starting values are those of sections 5.3.3 to 5.3.5.

const START_256 = memory.data<u32>(
  [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
  16,
);
const START_384 = memory.data<u64>(
  [
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31,
    0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
  ],
  16,
);
const START_512 = memory.data<u64>(
  [
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
    0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
  ],
  16,
);

@unmanaged
export class Sha256 {
  /** Size of a digest, of a block and of the length at the end of the last block, in bytes. */
  @inline get digest(): usize {
    return 32;
  }
  @inline get block(): usize {
    return 64;
  }
  @inline get length(): usize {
    return 8;
  }
  @inline get start(): usize {
    return START_256;
  }

  @inline
  compress(chain: usize, from: usize): void {
    compress256(chain, from);
  }

  /** Writes a chaining value as a digest. */
  @inline
  write(chain: usize, to: usize): void {
    for (let i: usize = 0; i < 32; i += 16) {
      const words = v128.load(chain + i);
      v128.store(to + i, i8x16.swizzle(words, i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)));
    }
  }
}

@unmanaged
export class Sha384 {
  @inline get digest(): usize {
    return 48;
  }
  @inline get block(): usize {
    return 128;
  }
  @inline get length(): usize {
    return 16;
  }
  @inline get start(): usize {
    return START_384;
  }

  @inline
  compress(chain: usize, from: usize): void {
    compress512(chain, from);
  }

  @inline
  write(chain: usize, to: usize): void {
    for (let i: usize = 0; i < 48; i += 8) store<u64>(to + i, bswap<u64>(load<u64>(chain + i)));
  }
}

@unmanaged
export class Sha512 {
  @inline get digest(): usize {
    return 64;
  }
  @inline get block(): usize {
    return 128;
  }
  @inline get length(): usize {
    return 16;
  }
  @inline get start(): usize {
    return START_512;
  }

  @inline
  compress(chain: usize, from: usize): void {
    compress512(chain, from);
  }

  @inline
  write(chain: usize, to: usize): void {
    for (let i: usize = 0; i < 64; i += 8) store<u64>(to + i, bswap<u64>(load<u64>(chain + i)));
  }
}
