import { multiply256 } from "./product256";

const PRIME = memory.data<i64>(
  [536870911, 536870911, 536870911, 511, 0, 0, 262144, 534773760, 16777215, 0],
  16,
);
/** 2^261 and 2^522 modulo the prime: 1 and 2^261 in Montgomery form. */
const ONE = memory.data<i64>([32, 0, 0, 536854528, 536870911, 536870911, 528482303, 67108863, 0, 0], 16);
const UNIT = memory.data<i64>(
  [3072, 0, 536805376, 534773759, 532676607, 536870911, 536870911, 536870910, 19, 0],
  16,
);

/** The prime of P-256 (FIPS 186-4, D.1.2.3), 2^256 - 2^224 + 2^192 + 2^96 - 1, for `Field`: nine limbs, R = 2^261. */
@unmanaged
export class Prime256 {
  /** Where the last limb is. */
  @inline get last(): usize {
    return 64;
  }
  @inline get bytes(): usize {
    return 32;
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
    multiply256(to, a, b);
  }

  @inline
  square(to: usize, a: usize): void {
    multiply256(to, a, a);
  }
}
