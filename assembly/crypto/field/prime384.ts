import { multiply14 } from "./product14";
import { reduce384 } from "./reduce384";

const PRIME = memory.data<i64>(
  [
    536870911, 7, 0, 536870400, 536866815, 536870911, 536870911, 536870911, 536870911, 536870911, 536870911,
    536870911, 536870911, 127,
  ],
  16,
);
/** 2^406 and 2^812 modulo the prime: 1 and 2^406 in Montgomery form. */
const ONE = memory.data<i64>([4194304, 503316480, 536870911, 536870911, 3, 32, 0, 0, 0, 0, 0, 0, 0, 0], 16);
const UNIT = memory.data<i64>(
  [0, 32768, 536346624, 2097151, 33554432, 0, 0, 536870908, 15, 256, 1024, 0, 0, 0],
  16,
);

/** The prime of P-384 (FIPS 186-4, D.1.2.4), 2^384 - 2^128 - 2^96 + 2^32 - 1, for `Field`: fourteen limbs, R = 2^406. */
@unmanaged
export class Prime384 {
  /** Where the last limb is. */
  @inline get last(): usize {
    return 104;
  }
  @inline get bytes(): usize {
    return 48;
  }
  @inline get prime(): usize {
    return PRIME;
  }
  @inline get one(): usize {
    return ONE;
  }
  @inline get unit(): usize {
    return UNIT;
  }

  @inline
  multiply(to: usize, a: usize, b: usize): void {
    multiply14(a, b);
    reduce384(to);
  }

  @inline
  square(to: usize, a: usize): void {
    this.multiply(to, a, a);
  }
}
