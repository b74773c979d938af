import { Prime256 } from "./prime256";
import { Prime384 } from "./prime384";

// The primes of P-256 and P-384 by turns, for modules that have keys of both: one code for two fields, which are told apart
// where numbers are multiplied.

let is384: bool = false;
let last: usize = 0;
let bytes: usize = 0;
let prime: usize = 0;
let one: usize = 0;
let unit: usize = 0;

/** Has all that follows be about the one prime or the other. */
export function choosePrime(larger: bool): void {
  is384 = larger;
  last = larger ? changetype<Prime384>(0).last : changetype<Prime256>(0).last;
  bytes = larger ? changetype<Prime384>(0).bytes : changetype<Prime256>(0).bytes;
  prime = larger ? changetype<Prime384>(0).prime : changetype<Prime256>(0).prime;
  one = larger ? changetype<Prime384>(0).one : changetype<Prime256>(0).one;
  unit = larger ? changetype<Prime384>(0).unit : changetype<Prime256>(0).unit;
}

/** The prime that was chosen last, for `Field`. */
@unmanaged
export class PrimeNist {
  /** Where the last limb is. */
  @inline get last(): usize {
    return last;
  }
  @inline get bytes(): usize {
    return bytes;
  }
  @inline get prime(): usize {
    return prime;
  }
  @inline get one(): usize {
    return one;
  }
  @inline get unit(): usize {
    return unit;
  }

  multiply(to: usize, a: usize, b: usize): void {
    if (is384) changetype<Prime384>(0).multiply(to, a, b);
    else changetype<Prime256>(0).multiply(to, a, b);
  }

  @inline
  square(to: usize, a: usize): void {
    this.multiply(to, a, a);
  }
}
