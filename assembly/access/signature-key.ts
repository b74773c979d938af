import { Bytes } from "../abi/bytes";
import { sizeOf, utf8 } from "../abi/wire";
import { JwsAlgorithm } from "../jwt/algorithms";
import { VerificationKey } from "../jwt/key";
import { decodeBase64 } from "../crypto/base64";
import { signingSecret } from "./signing-secret";

/** Characters of the longest signature in base64, that of an RSA key of 4096 bits, and room for what it stands for. */
const CODED_MAX = 684;
const SIGNATURE = memory.data(544, 16);

/** What of the key's algorithms are algorithms of RFC 9421, section 3.3. */
const ALGORITHMS = 6;

/** A key that verifies HTTP message signatures: its algorithm is settled here, and never by a request. */
export class SignatureKey {
  constructor(
    readonly key: VerificationKey,
    readonly algorithm: JwsAlgorithm,
  ) {}

  /** A key with the algorithm of this name or, where it is empty, the only one that it serves; null where there is none. */
  static of(key: VerificationKey, name: string): SignatureKey | null {
    let only: SignatureKey | null = null;
    for (let i = 0; i < ALGORITHMS; ++i) {
      const algorithm = algorithmAt(i);
      if (!key.serves(algorithm) || (name.length > 0 && name != nameOf(algorithm))) continue;
      if (only !== null) return null;
      only = new SignatureKey(key, algorithm);
    }
    return only;
  }

  /** The algorithm's name as requests say it. */
  get name(): string {
    return nameOf(this.algorithm);
  }

  /** Whether a signature, in base64, is that of a text. */
  verifies(text: Bytes, coded: Bytes): bool {
    if (coded.length > CODED_MAX) return false;
    const size = decodeBase64(coded.pointer, coded.length, SIGNATURE);
    return size > 0 && this.key.verifies(this.algorithm, text.pointer, text.length, SIGNATURE, size);
  }
}

/** Reads a key of `hmac-sha256` from the configuration as `signingSecret` does; null where it is absent. */
export function signatureSecret(key: string): SignatureKey | null {
  const text = signingSecret(utf8(key), false);
  if (text.length == 0) return null;
  const at = utf8(text);
  const made = VerificationKey.ofSecret(null, at, sizeOf(at), JwsAlgorithm.HS256);
  memory.fill(at, 0, sizeOf(at));
  return new SignatureKey(made, JwsAlgorithm.HS256);
}

function algorithmAt(index: i32): JwsAlgorithm {
  if (index == 0) return JwsAlgorithm.EdDSA;
  if (index == 1) return JwsAlgorithm.ES256;
  if (index == 2) return JwsAlgorithm.ES384;
  if (index == 3) return JwsAlgorithm.PS512;
  return index == 4 ? JwsAlgorithm.RS256 : JwsAlgorithm.HS256;
}

function nameOf(algorithm: JwsAlgorithm): string {
  if (algorithm == JwsAlgorithm.EdDSA) return "ed25519";
  if (algorithm == JwsAlgorithm.ES256) return "ecdsa-p256-sha256";
  if (algorithm == JwsAlgorithm.ES384) return "ecdsa-p384-sha384";
  if (algorithm == JwsAlgorithm.PS512) return "rsa-pss-sha512";
  return algorithm == JwsAlgorithm.RS256 ? "rsa-v1_5-sha256" : "hmac-sha256";
}
