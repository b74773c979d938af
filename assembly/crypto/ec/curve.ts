import { Modulus, limbsFor, modulusRoom } from "../numbers/modulus";
import { P256 } from "./p256";
import { P384 } from "./p384";
import { tableOf } from "./table";

/** What all keys of a curve share: arithmetic modulo its order, and multiples of its base point. */
export class Curve<C> {
  readonly base: StaticArray<u8>;
  private readonly memory: StaticArray<u8>;

  constructor() {
    const curve = changetype<C>(0);
    const limbs = limbsFor(<i32>curve.field.bytes * 8);
    this.base = tableOf<C>(curve.baseX, curve.baseY);
    this.memory = new StaticArray<u8>(modulusRoom(limbs));
    this.order.read(curve.order, curve.field.bytes, limbs);
  }

  @inline get order(): Modulus {
    return changetype<Modulus>(this.memory);
  }
}

/** Pinned, as addresses: a module that has no such key then knows nothing of their type. */
let p256: usize = 0;
let p384: usize = 0;

/** P-256, made when it is first asked for: in a few milliseconds. */
export function curveP256(): Curve<P256> {
  if (p256 == 0) p256 = __pin(changetype<usize>(new Curve<P256>()));
  return changetype<Curve<P256>>(p256);
}

/** P-384, likewise. */
export function curveP384(): Curve<P384> {
  if (p384 == 0) p384 = __pin(changetype<usize>(new Curve<P384>()));
  return changetype<Curve<P384>>(p384);
}
