import { sign as signWith, verify as verifyWith, type KeyObject } from "node:crypto";
import { Status } from "../abi/values.js";
import { privateKey, publicKey, signsDigests, type KeyText } from "./keys.js";
import { decodeMessage, encodeMessage, type Message } from "./message.js";
import type { ForeignFunction } from "./function.js";

const hashes = ["sha1", "sha224", "sha256", "sha384", "sha512"];
const field = { hash: 1, der: 2, privatePem: 4, publicPem: 5, signature: 3, text: 4, textToSign: 3 };

/** Answers a message: whether the signature is the text's, or why that cannot be said. */
export const verifySignature: ForeignFunction = (_call, bytes) => {
  const asked = decodeMessage(bytes, [field.hash, field.publicPem]);
  const key = asked && keyText(asked, field.publicPem);
  if (!key) return Status.BadArgument;
  const problem = verificationProblem(asked, key);
  return problem === "" ? encodeMessage([[1, 1]]) : encodeMessage([[2, Buffer.from(problem)]]);
};

/** Answers a message: the text's signature, or why there is none. */
export const sign: ForeignFunction = (_call, bytes) => {
  const asked = decodeMessage(bytes, [field.hash, field.privatePem]);
  const key = asked && keyText(asked, field.privatePem);
  if (!key) return Status.BadArgument;
  const made = signatureOf(asked, key);
  const fields =
    typeof made === "string"
      ? ([[3, Buffer.from(made)]] as const)
      : ([
          [1, 1],
          [2, made],
        ] as const);
  return encodeMessage(fields);
};

/** Null: none or two. */
function keyText(asked: Message, pemField: number): KeyText | null {
  const [der, pem] = [asked.bytes(field.der), asked.text(pemField)];
  return (der.length === 0) === (pem === "") ? null : { der, pem };
}

function verificationProblem(asked: Message, keyText: KeyText): string {
  const hash = asked.text(field.hash);
  if (!supported(hash)) return unsupported(hash);
  const key = publicKey(keyText);
  if (!key || !signsDigests(key)) return "Failed to initialize digest verify.";
  const [text, signature] = [asked.bytes(field.text), asked.bytes(field.signature)];
  return verifies(hash, text, key, signature) ? "" : "Failed to verify digest. Error code: 0";
}

function signatureOf(asked: Message, keyText: KeyText): Uint8Array | string {
  const hash = asked.text(field.hash);
  if (!supported(hash)) return unsupported(hash);
  const key = privateKey(keyText);
  if (key?.asymmetricKeyType === "ed25519") return "Invalid private key: key data is corrupted or malformed.";
  if (!key || !signsDigests(key)) return "Invalid key type: private key required for signing operation.";
  return signWith(hash.toLowerCase(), asked.bytes(field.textToSign), key);
}

function verifies(hash: string, text: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  try {
    return verifyWith(hash.toLowerCase(), text, key, signature);
  } catch {
    return false;
  }
}

function supported(hash: string): boolean {
  return hashes.includes(hash.toLowerCase());
}

function unsupported(hash: string): string {
  return `${hash} is not supported.`;
}
