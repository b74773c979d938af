import { Sha256, Sha384, Sha512 } from "../crypto/hash/algorithms";
import { HmacKey } from "../crypto/hmac";
import { Algorithm, PublicKey } from "../crypto/key/public-key";
import { JwsAlgorithm } from "./algorithms";

/** A key that verifies tokens. What it may be used for is settled when it is made, never by a token. */
export class VerificationKey {
  private hs256: HmacKey<Sha256> | null = null;
  private hs384: HmacKey<Sha384> | null = null;
  private hs512: HmacKey<Sha512> | null = null;

  constructor(
    /** The name that a token may ask for, null where it has none. */
    readonly id: string | null,
    private readonly publicKey: PublicKey | null,
    /** The only algorithm that the key is for, `NO_ALGORITHM` where it is for all of its kind. */
    private readonly only: i32,
  ) {}

  /** A key of HMAC for each algorithm whose digests are no longer than the key (RFC 7518, section 3.2). */
  static ofSecret(id: string | null, secret: usize, size: usize, only: i32): VerificationKey {
    const key = new VerificationKey(id, null, only);
    if (size >= 32) key.hs256 = new HmacKey<Sha256>(secret, size);
    if (size >= 48) key.hs384 = new HmacKey<Sha384>(secret, size);
    if (size >= 64) key.hs512 = new HmacKey<Sha512>(secret, size);
    return key;
  }

  /** Whether the key may be used with an algorithm. */
  serves(algorithm: JwsAlgorithm): bool {
    if (this.only >= 0 && this.only != <i32>algorithm) return false;
    if (algorithm == JwsAlgorithm.HS256) return this.hs256 !== null;
    if (algorithm == JwsAlgorithm.HS384) return this.hs384 !== null;
    if (algorithm == JwsAlgorithm.HS512) return this.hs512 !== null;
    return this.publicKey !== null && this.publicKey!.serves(<Algorithm>(<i32>algorithm));
  }

  /** Whether a signature is that of a text by an algorithm; false where the key does not serve the algorithm. */
  verifies(algorithm: JwsAlgorithm, text: usize, textSize: usize, signature: usize, size: usize): bool {
    if (!this.serves(algorithm)) return false;
    if (algorithm == JwsAlgorithm.HS256) return this.hs256!.verifies(text, textSize, signature, size);
    if (algorithm == JwsAlgorithm.HS384) return this.hs384!.verifies(text, textSize, signature, size);
    if (algorithm == JwsAlgorithm.HS512) return this.hs512!.verifies(text, textSize, signature, size);
    return this.publicKey!.verifies(<Algorithm>(<i32>algorithm), text, textSize, signature, size);
  }

  /** What kind of public key it is, -1 for a secret. */
  get kind(): i32 {
    return this.publicKey === null ? -1 : <i32>this.publicKey!.kind;
  }

  /** Has later verifications take less time and more memory, where the kind of key knows how. */
  prepare(): void {
    if (this.publicKey !== null) this.publicKey!.prepare();
  }
}
