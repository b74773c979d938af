import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** A key as a filter names it: exactly one of the two is given. */
export interface KeyText {
  der: Uint8Array;
  pem: string;
}

const publicLabel = /^PUBLIC KEY$/;
const privateLabel = /^(RSA |EC )?PRIVATE KEY$/;

/** Null: not a key that BoringSSL reads as a public one, in the form SubjectPublicKeyInfo. */
export function publicKey({ der, pem }: KeyText): KeyObject | null {
  if (pem === "")
    return attempt(() => createPublicKey({ key: firstElement(der), format: "der", type: "spki" }));
  const block = pemBlock(pem, publicLabel);
  return block === null ? null : attempt(() => createPublicKey(block));
}

/** Null: not a key that BoringSSL reads as a private one. DER has to be PKCS#8. */
export function privateKey({ der, pem }: KeyText): KeyObject | null {
  if (pem === "")
    return attempt(() => createPrivateKey({ key: firstElement(der), format: "der", type: "pkcs8" }));
  const block = pemBlock(pem, privateLabel);
  return block === null ? null : attempt(() => createPrivateKey(block));
}

/** RSA as such, and elliptic curves but for those that BoringSSL leaves out. */
export function signsDigests(key: KeyObject): boolean {
  if (key.asymmetricKeyType === "rsa") return true;
  const curves = ["secp224r1", "prime256v1", "secp384r1", "secp521r1"];
  return key.asymmetricKeyType === "ec" && curves.includes(key.asymmetricKeyDetails?.namedCurve ?? "");
}

function attempt(read: () => KeyObject): KeyObject | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** The first block with such a label, whatever stands around it. */
function pemBlock(text: string, label: RegExp): string | null {
  const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----\r?\n[\s\S]*?-----END \1-----/g);
  return [...blocks].find(([, name]) => label.test(name!))?.[0] ?? null;
}

/** What follows a DER element is none of BoringSSL's business. */
function firstElement(der: Uint8Array): Buffer {
  const bytes = Buffer.from(der);
  const short = bytes[1] ?? 0;
  const lengthBytes = short > 127 ? short - 128 : 0;
  if (lengthBytes > 4 || bytes.length < 2 + lengthBytes) return bytes;
  const length = lengthBytes === 0 ? short : bytes.readUIntBE(2, lengthBytes);
  return bytes.subarray(0, 2 + lengthBytes + length);
}
