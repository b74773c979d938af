import { Field } from "../field/field";
import { PrimeNist, choosePrime } from "../field/prime-nist";
import { Curve } from "./curve";
import { P256 } from "./p256";
import { P384 } from "./p384";

let prime: usize = 0;
let order: usize = 0;
let b: usize = 0;
let baseX: usize = 0;
let baseY: usize = 0;
let width: i32 = 0;

/** Curves that were made, pinned, as addresses: a module that has no such key then knows nothing of their type. */
let p256: usize = 0;
let p384: usize = 0;

/** Has all that follows be about P-384, or about P-256. */
export function chooseCurve(larger: bool): void {
  choosePrime(larger);
  prime = larger ? changetype<P384>(0).prime : changetype<P256>(0).prime;
  order = larger ? changetype<P384>(0).order : changetype<P256>(0).order;
  b = larger ? changetype<P384>(0).b : changetype<P256>(0).b;
  baseX = larger ? changetype<P384>(0).baseX : changetype<P256>(0).baseX;
  baseY = larger ? changetype<P384>(0).baseY : changetype<P256>(0).baseY;
  width = larger ? changetype<P384>(0).width : changetype<P256>(0).width;
}

/** P-384 or P-256, made when it is first chosen: in a few milliseconds. */
export function chosenCurve(larger: bool): Curve<Nist> {
  chooseCurve(larger);
  const known = larger ? p384 : p256;
  if (known != 0) return changetype<Curve<Nist>>(known);
  const made = __pin(changetype<usize>(new Curve<Nist>()));
  if (larger) p384 = made;
  else p256 = made;
  return changetype<Curve<Nist>>(made);
}

/** The curve that was chosen last: what `P256` and `P384` are apart, with one code for both. */
@unmanaged
export class Nist {
  @inline get field(): Field<PrimeNist> {
    return changetype<Field<PrimeNist>>(0);
  }
  @inline get prime(): usize {
    return prime;
  }
  @inline get order(): usize {
    return order;
  }
  @inline get b(): usize {
    return b;
  }
  @inline get baseX(): usize {
    return baseX;
  }
  @inline get baseY(): usize {
    return baseY;
  }
  @inline get width(): i32 {
    return width;
  }
}
