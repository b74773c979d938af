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

let p256: Curve<P256> | null = null;
let p384: Curve<P384> | null = null;

/** P-256, made when it is first asked for: in a few milliseconds. */
export function curveP256(): Curve<P256> {
  if (p256 === null) p256 = new Curve<P256>();
  return p256!;
}

/** P-384, likewise. */
export function curveP384(): Curve<P384> {
  if (p384 === null) p384 = new Curve<P384>();
  return p384!;
}
