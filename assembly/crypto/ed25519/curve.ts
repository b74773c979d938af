import { Modulus } from "../numbers/modulus";
import { BASE_X, BASE_Y, ORDER } from "./constants";
import { tableOf } from "./table";

/** Limbs of a number modulo the order. */
const LIMBS = 12;

/** What all keys share: arithmetic modulo the order, and multiples of the base point. */
export class EdCurve {
  readonly base: StaticArray<u8> = tableOf(BASE_X, BASE_Y);
  /** 2^256 R² modulo the order: the upper half of a long number times it, over R, is what it counts in Montgomery form. */
  readonly upper: StaticArray<u8> = new StaticArray<u8>(LIMBS * 4);
  private readonly memory: StaticArray<u8> = new StaticArray<u8>(64 + LIMBS * 8);

  constructor() {
    const upper = changetype<usize>(this.upper);
    this.order.read(ORDER, 32, LIMBS);
    store<u32>(upper, 1 << (256 - 27 * 9), 36);
    this.order.multiply(upper, upper, this.order.square);
    this.order.multiply(upper, upper, this.order.square);
  }

  @inline get order(): Modulus {
    return changetype<Modulus>(this.memory);
  }
}

/** Pinned, as an address: a module that has no such key then knows nothing of its type. */
let curve: usize = 0;

/** Made when it is first asked for: in a millisecond or two. */
export function edCurve(): EdCurve {
  if (curve == 0) curve = __pin(changetype<usize>(new EdCurve()));
  return changetype<EdCurve>(curve);
}
