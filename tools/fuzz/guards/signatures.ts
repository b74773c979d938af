import {
  constants,
  createHmac,
  createPublicKey,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
} from "node:crypto";
import { keyNamed } from "./keys.js";

// Signatures of JOSE by Node's own cryptography.

/** A text's signature by an algorithm, whichever key is given. "" where the key cannot. */
export function signatureBy(alg: string, key: KeyObject, text: Buffer): Buffer {
  try {
    if (alg.startsWith("HS")) return createHmac(hashOf(alg)!, secretOf(key)).update(text).digest();
    return sign(hashOf(alg), text, { key, ...optionsOf(alg) });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Whether a signature is a text's by an algorithm that is the key's own. */
export function isSignature(alg: string, key: KeyObject, text: Buffer, signature: Buffer): boolean {
  if (!serves(alg, key)) return false;
  if (alg.startsWith("HS")) {
    const code = signatureBy(alg, key, text);
    return code.length === signature.length && timingSafeEqual(code, signature);
  }
  try {
    return verify(hashOf(alg), text, { key, ...optionsOf(alg) }, signature);
  } catch {
    return false;
  }
}

function serves(alg: string, key: KeyObject): boolean {
  if (/^HS(256|384|512)$/.test(alg)) return key.type === "secret";
  if (/^[RP]S(256|384|512)$/.test(alg)) return key.asymmetricKeyType === "rsa";
  if (alg === "EdDSA") return key.asymmetricKeyType === "ed25519";
  const curve = key.asymmetricKeyDetails?.namedCurve;
  return (alg === "ES256" && curve === "prime256v1") || (alg === "ES384" && curve === "secp384r1");
}

function hashOf(alg: string): string | null {
  return alg === "EdDSA" ? null : `sha${alg.slice(2)}`;
}

function optionsOf(alg: string): object {
  if (alg.startsWith("PS"))
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: Number(alg.slice(2)) / 8 };
  return alg.startsWith("ES") ? { dsaEncoding: "ieee-p1363" } : {};
}

/** What an attacker would take for the secret of a public key: its text. */
function secretOf(key: KeyObject): Buffer {
  if (key.type === "secret") return key.export();
  return Buffer.from(createPublicKey(key).export({ type: "spki", format: "pem" }) as string);
}

/** Text and signature of the key by its own algorithm. */
export function signedBy(kid: string, text: Buffer): Buffer {
  const { alg, signs } = keyNamed(kid);
  return signatureBy(alg, signs, text);
}
