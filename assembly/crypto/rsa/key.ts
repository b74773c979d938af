import { LIMBS_MAX, Modulus, limbsFor, modulusRoom } from "../numbers/modulus";
import { bitsOf, isBelow } from "../numbers/bytes";

/** Bits of the smallest and the largest modulus: RFC 7518 sections 3.3 and 3.5 ask for 2048 at least. */
export const RSA_BITS_MIN: i32 = 2048;
export const RSA_BITS_MAX: i32 = 4096;
/** Bytes of the longest signature. */
export const RSA_BYTES_MAX: i32 = 512;

const NUMBER = memory.data(LIMBS_MAX * 4, 16);
const POWER = memory.data(LIMBS_MAX * 4, 16);

/**
 * A public key of RSA (RFC 8017 section 3.1) from its numbers, big-endian, leading zeros or none; null where the modulus is
 * even, shorter than 2048 bits or longer than 4096, or the exponent even, below 3 or longer than 32 bits.
 */
export function rsaKey(
  modulus: usize,
  modulusSize: usize,
  exponent: usize,
  exponentSize: usize,
): RsaKey | null {
  const bits = bitsOf(modulus, modulusSize);
  if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX || !isOdd(modulus, modulusSize)) return null;
  const exponentBits = bitsOf(exponent, exponentSize);
  if (exponentBits < 2 || exponentBits > 32 || !isOdd(exponent, exponentSize)) return null;

  let e: u64 = 0;
  for (let i: usize = 0; i < exponentSize; ++i) e = (e << 8) | load<u8>(exponent + i);
  return new RsaKey(modulus + modulusSize - (bits + 7) / 8, bits, e);
}

function isOdd(number: usize, size: usize): bool {
  return (load<u8>(number + size - 1) & 1) == 1;
}

/** What `rsaKey` makes. What arithmetic needs is computed once, for about as much as two verifications. */
export class RsaKey {
  /** The modulus as bytes, as limbs, and R^e modulo it. */
  private readonly memory: StaticArray<u8>;

  constructor(
    modulus: usize,
    readonly bits: i32,
    private readonly exponent: u64,
  ) {
    const limbs = limbsFor(bits);
    this.memory = new StaticArray<u8>(RSA_BYTES_MAX + modulusRoom(limbs) + limbs * 4);
    memory.copy(this.number, modulus, this.bytes);
    this.modulus.read(modulus, this.bytes, limbs);
    this.computeCorrection();
  }

  /** Bytes of a signature. */
  @inline get bytes(): usize {
    return (this.bits + 7) >> 3;
  }

  /** Writes signature^e modulo the modulus, as long as the signature; false where the signature is not below the modulus. */
  open(signature: usize, to: usize): bool {
    if (!isBelow(signature, this.number, this.bytes)) return false;
    this.modulus.load(signature, this.bytes, NUMBER);
    // R^(1 - e) s^e, so that nothing needs to be brought into Montgomery form.
    this.modulus.power(POWER, NUMBER, this.exponent);
    this.modulus.multiply(POWER, POWER, this.correction);
    this.modulus.write(POWER, to, this.bytes);
    return true;
  }

  private computeCorrection(): void {
    this.modulus.power(POWER, this.modulus.square, this.exponent);
    this.modulus.leave(this.correction, POWER);
  }

  @inline private get number(): usize {
    return changetype<usize>(this.memory);
  }

  @inline private get modulus(): Modulus {
    return changetype<Modulus>(this.number + RSA_BYTES_MAX);
  }

  @inline private get correction(): usize {
    return this.number + RSA_BYTES_MAX + modulusRoom(<i32>(this.modulus.bytes >> 2));
  }
}
