import { Bytes } from "../abi/bytes";
import { Urgency, put, putBytes, putNumber, write } from "../abi/line";
import { sizeOf, utf8 } from "../abi/wire";
import * as foreign from "./foreign";
import { Message, fieldBytes, fieldNumber } from "./message";

// Signatures by the host's own, fast, cryptography. Hashes: sha1, sha224, sha256, sha384, sha512. RSA with PKCS#1 v1.5, and
// ECDSA over the NIST curves with signatures in DER; no RSA-PSS, no Ed25519. A key is PEM (it begins with `-----`) or DER.

/**
 * Whether a signature is the text's, by a public key in the form SubjectPublicKeyInfo. False in any doubt: where the host
 * cannot tell, the log says why.
 */
export function verifySignature(hash: string, key: Bytes, signature: Bytes, text: Bytes): bool {
  return verify(utf8(hash), key, signature, text);
}

/** The text's signature by a private key in the form PKCS#8; null where the host cannot make it: the log says why. */
export function sign(hash: string, key: Bytes, text: Bytes): Bytes | null {
  return signed(utf8(hash), key, text);
}

/** What the host says of a signature. */
export enum HostSays {
  /** It cannot tell: it has no such function, or takes no such key or hash. */
  Nothing,
  No,
  Yes,
}

/** For the library: asks the host about a signature, and logs nothing. A key in DER; the hash's name is encoded. */
export function askAboutSignature(
  hash: usize,
  key: usize,
  keySize: usize,
  text: usize,
  textSize: usize,
  signature: usize,
  size: usize,
): HostSays {
  const argument = Message.begin(4, sizeOf(hash) + <u32>(keySize + size + textSize))
    .add(1, hash, sizeOf(hash))
    .add(2, key, keySize)
    .add(3, signature, size)
    .add(4, text, textSize);
  const answer = foreign.callEncoded(utf8("verify_signature"), argument.bytes);
  if (answer === null) return HostSays.Nothing;
  if (fieldNumber(answer, 1) == 1) return HostSays.Yes;
  const reason = fieldBytes(answer, 2);
  return reason !== null && reason.startsWith("Failed to verify") ? HostSays.No : HostSays.Nothing;
}

function verify(hash: usize, key: Bytes, signature: Bytes, text: Bytes): bool {
  const size: usize = sizeOf(hash) + key.length + signature.length + text.length;
  const argument = Message.begin(4, size)
    .add(1, hash, sizeOf(hash))
    .add(isPem(key) ? 5 : 2, key.pointer, key.length)
    .add(3, signature.pointer, signature.length)
    .add(4, text.pointer, text.length);
  const answer = foreign.callEncoded(utf8("verify_signature"), argument.bytes);
  if (answer === null) return failed(utf8("verify_signature"));
  if (fieldNumber(answer, 1) == 1) return true;
  explain(utf8("verify_signature"), fieldBytes(answer, 2));
  return false;
}

function signed(hash: usize, key: Bytes, text: Bytes): Bytes | null {
  const argument = Message.begin(3, sizeOf(hash) + key.length + text.length)
    .add(1, hash, sizeOf(hash))
    .add(isPem(key) ? 4 : 2, key.pointer, key.length)
    .add(3, text.pointer, text.length);
  const answer = foreign.callEncoded(utf8("sign"), argument.bytes);
  if (answer === null) {
    failed(utf8("sign"));
    return null;
  }
  if (fieldNumber(answer, 1) == 1) return fieldBytes(answer, 2);
  explain(utf8("sign"), fieldBytes(answer, 3));
  return null;
}

function isPem(key: Bytes): bool {
  return key.startsWith("-----");
}

function failed(call: usize): bool {
  put(call);
  put(utf8(": the host refused, status "));
  putNumber(foreign.status);
  write(Urgency.Error);
  return false;
}

/** A signature that is merely wrong needs no explanation, and a client could send any number; other reasons do. */
function explain(call: usize, reason: Bytes | null): void {
  if (reason === null || reason.startsWith("Failed to verify")) return;
  put(call);
  put(utf8(": "));
  putBytes(reason.pointer, reason.length);
  write(Urgency.Warn);
}
