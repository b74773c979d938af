import { constants, createHmac, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { MintedKey } from "./keys.js";

/** The signature over a text by a key's algorithm, in the form that tokens have it in. */
export function signatureOf(text: string, { algorithm, private: key }: MintedKey): Buffer {
  const hash = `sha${algorithm.slice(2, 5)}`;
  const data = Buffer.from(text);
  switch (algorithm.slice(0, 2)) {
    case "HS":
      return createHmac(hash, key).update(data).digest();
    case "PS":
      return sign(hash, data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      });
    case "ES":
      return sign(hash, data, { key, dsaEncoding: "ieee-p1363" });
    case "Ed":
      return sign(null, data, key);
    default:
      return sign(hash, data, key);
  }
}

/** The same of ECDSA, but in DER, as other protocols have it. */
export function derSignatureOf(text: string, algorithm: string, key: KeyObject): Buffer {
  return sign(`sha${algorithm.slice(2, 5)}`, Buffer.from(text), { key, dsaEncoding: "der" });
}
