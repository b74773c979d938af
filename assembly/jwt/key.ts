import { take } from "../abi/arena";
import { sameBytes } from "../abi/compare";
import { Sha256, Sha384, Sha512 } from "../crypto/hash/algorithms";
import { HmacKey } from "../crypto/hmac";
import { BASE64_SLACK } from "../crypto/base64";
import { KeyParts } from "../crypto/key/parts";
import { decodePem } from "../crypto/key/pem";
import { Algorithm, PublicKey, publicKey } from "../crypto/key/public-key";
import { readSpki } from "../crypto/key/spki";
import { SPKI_OVERHEAD, writeSpki } from "../crypto/key/spki-writer";
import { encode, encodedLimit } from "../abi/text";
import { JwsAlgorithm, NO_ALGORITHM } from "./algorithms";
import { HostSays, ask, hostTakes } from "./host-path";

/** A key that verifies tokens. What it may be used for is settled when it is made, never by a token. */
export class VerificationKey {
  private hs256: HmacKey<Sha256> | null = null;
  private hs384: HmacKey<Sha384> | null = null;
  private hs512: HmacKey<Sha512> | null = null;
  /** A public key as hosts take it: SubjectPublicKeyInfo in DER. */
  private spki: StaticArray<u8> | null = null;
  /** The name in UTF-8. */
  private name: StaticArray<u8> | null = null;
  /** Whether it was prepared, and for the policy of tables: uses without one, and when it was used last. */
  isPrepared: bool = false;
  uses: u32 = 0;
  usedAt: u32 = 0;

  constructor(
    /** The name that a token may ask for, null where it has none. */
    readonly id: string | null,
    private readonly publicKey: PublicKey | null,
    /** The only algorithm that the key is for, `NO_ALGORITHM` where it is for all of its kind. */
    private readonly only: i32,
  ) {
    if (id !== null) this.name = bytesOf(id);
  }

  /** A public key from its numbers; null where they make none, or one that is too weak. */
  static ofPublic(id: string | null, parts: KeyParts, only: i32): VerificationKey | null {
    const made = publicKey(parts);
    if (made === null) return null;
    const key = new VerificationKey(id, made, only);
    const room = take(parts.firstSize + parts.secondSize + SPKI_OVERHEAD);
    key.spki = copied(room, writeSpki(parts, room));
    return key;
  }

  /** A public key in PEM, for all algorithms of its kind; null where it is none, or one that is too weak. */
  static ofPem(text: string, id: string | null = null): VerificationKey | null {
    const at = take(encodedLimit(text) + BASE64_SLACK);
    const size = decodePem(at, encode(text, at) - at, at);
    const parts: KeyParts | null = size < 0 ? null : readSpki(at, size);
    return parts === null ? null : VerificationKey.ofPublic(id, parts, NO_ALGORITHM);
  }

  /** Whether it has a name that tokens may ask for. */
  get hasName(): bool {
    return this.name !== null;
  }

  /** Whether its name is this, in UTF-8. */
  isNamed(name: usize, size: usize): bool {
    const own = this.name;
    return own !== null && <usize>own.length == size && sameBytes(changetype<usize>(own), name, size);
  }

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
    const known = this.spki;
    if (known !== null && hostTakes(algorithm)) {
      const says = ask(algorithm, known, text, textSize, signature, size);
      if (says != HostSays.Nothing) return says == HostSays.Yes;
    }
    return this.publicKey!.verifies(<Algorithm>(<i32>algorithm), text, textSize, signature, size);
  }

  /** What kind of public key it is, -1 for a secret. */
  get kind(): i32 {
    return this.publicKey === null ? -1 : <i32>this.publicKey!.kind;
  }

  /** Has later verifications take less time and more memory, where the kind of key knows how. */
  prepare(): void {
    if (this.publicKey !== null) this.publicKey!.prepare();
    this.isPrepared = true;
  }

  /** Gives back the memory that `prepare` took. */
  forget(): void {
    if (this.publicKey !== null) this.publicKey!.forget();
    this.isPrepared = false;
    this.uses = 0;
  }
}

function bytesOf(text: string): StaticArray<u8> {
  const at = take(encodedLimit(text));
  return copied(at, encode(text, at) - at);
}

function copied(at: usize, size: usize): StaticArray<u8> {
  const copy = new StaticArray<u8>(<i32>size);
  memory.copy(changetype<usize>(copy), at, size);
  return copy;
}
