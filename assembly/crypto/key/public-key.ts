import { BASE64_SLACK } from "../base64";
import { verifyEcdsa } from "../ec/ecdsa";
import { EcKey, ecKey } from "../ec/key";
import { Nist, chooseCurve, chosenCurve } from "../ec/nist";
import { ED_KEY_SIZE, EdKey, edKey } from "../ed25519/key";
import { verifyEd25519 } from "../ed25519/verify";
import { DIGEST_MAX, Sha2, digest } from "../hash/sha2";
import { RsaKey, rsaKey } from "../rsa/key";
import { verifyPkcs1 } from "../rsa/pkcs1";
import { verifyPss } from "../rsa/pss";
import { KeyKind, KeyParts } from "./parts";
import { decodePem } from "./pem";
import { readSpki } from "./spki";

/** Signature algorithms of RFC 7518, section 3.1, and RFC 8037, section 3.1, that public keys check. */
export enum Algorithm {
  RS256,
  RS384,
  RS512,
  PS256,
  PS384,
  PS512,
  ES256,
  ES384,
  EdDSA,
}

const DIGEST = memory.data(DIGEST_MAX, 16);

/** A public key of any kind that is known here. The key's kind says what algorithms it checks, never the signature. */
export class PublicKey {
  private rsa: RsaKey | null = null;
  private ec: EcKey<Nist> | null = null;
  private ed: EdKey | null = null;

  /** Use `publicKey`. */
  constructor(readonly kind: KeyKind) {}

  /** Takes the parts over; false where they make no key. */
  take(parts: KeyParts): bool {
    const at = parts.first;
    if (parts.kind == KeyKind.Rsa) {
      this.rsa = rsaKey(at, parts.firstSize, parts.second, parts.secondSize);
      return this.rsa !== null;
    }
    if (parts.kind != KeyKind.Ed25519) {
      const bytes: usize = this.isLarger ? 48 : 32;
      if (parts.firstSize == bytes * 2) this.ec = ecKey<Nist>(chosenCurve(this.isLarger), at, at + bytes);
      return this.ec !== null;
    }
    this.ed = parts.firstSize == <usize>ED_KEY_SIZE ? edKey(at) : null;
    return this.ed !== null;
  }

  /** Whether the key is of the kind that an algorithm asks for. */
  serves(algorithm: Algorithm): bool {
    if (algorithm == Algorithm.ES256) return this.kind == KeyKind.P256;
    if (algorithm == Algorithm.ES384) return this.kind == KeyKind.P384;
    if (algorithm == Algorithm.EdDSA) return this.kind == KeyKind.Ed25519;
    return this.kind == KeyKind.Rsa;
  }

  /** Has later verifications take less time and more memory, where the kind of key knows how. */
  prepare(): void {
    chooseCurve(this.isLarger);
    if (this.ec !== null) this.ec!.prepare();
    else if (this.ed !== null) this.ed!.prepare();
  }

  /** Gives back the memory that `prepare` took. */
  forget(): void {
    chooseCurve(this.isLarger);
    if (this.ec !== null) this.ec!.forget();
    else if (this.ed !== null) this.ed!.forget();
  }

  /** Whether its curve is the larger one. */
  private get isLarger(): bool {
    return this.kind == KeyKind.P384;
  }

  /** Whether a signature, in the form of RFC 7515, is the message's. False where the key does not serve the algorithm. */
  verifies(algorithm: Algorithm, message: usize, messageSize: usize, signature: usize, size: usize): bool {
    if (!this.serves(algorithm)) return false;
    if (algorithm == Algorithm.EdDSA) {
      return verifyEd25519(this.ed!, message, messageSize, signature, size);
    }
    const hash = hashOf(algorithm);
    const digestSize = digest(hash, message, messageSize, DIGEST);
    if (this.ec !== null) {
      chooseCurve(this.isLarger);
      return verifyEcdsa<Nist>(this.ec!, DIGEST, digestSize, signature, size);
    }
    if (algorithm < Algorithm.PS256) return verifyPkcs1(this.rsa!, hash, DIGEST, signature, size);
    return verifyPss(this.rsa!, hash, DIGEST, signature, size);
  }
}

function hashOf(algorithm: Algorithm): Sha2 {
  if (algorithm == Algorithm.ES256) return Sha2.Sha256;
  if (algorithm == Algorithm.ES384) return Sha2.Sha384;
  const place = algorithm % 3;
  return place == 0 ? Sha2.Sha256 : place == 1 ? Sha2.Sha384 : Sha2.Sha512;
}

/** A key from its numbers; null where they make none, or one that is too weak. */
export function publicKey(parts: KeyParts | null): PublicKey | null {
  if (parts === null) return null;
  const key = new PublicKey(parts.kind);
  return key.take(parts) ? key : null;
}

/** A key from PEM, or from DER where the text does not begin as PEM does; null where it is none. */
export function publicKeyFrom(text: usize, size: usize): PublicKey | null {
  if (size == 0 || load<u8>(text) == 0x30) return publicKey(readSpki(text, size));
  const der = heap.alloc(size + BASE64_SLACK);
  const derSize = decodePem(text, size, der);
  const key: PublicKey | null = derSize < 0 ? null : publicKey(readSpki(der, derSize));
  heap.free(der);
  return key;
}
