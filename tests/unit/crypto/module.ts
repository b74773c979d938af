// What the tests on published vectors call from Node: everything goes through one room, in which Node places its bytes.
import { DIGEST_MAX, Sha2, digest } from "meshscript/assembly/crypto/hash/sha2";
import { Sha256, Sha384, Sha512 } from "meshscript/assembly/crypto/hash/algorithms";
import { HmacKey } from "meshscript/assembly/crypto/hmac";
import { fromDer, toDer } from "meshscript/assembly/crypto/ec/signature-form";
import { verifyEcdsa } from "meshscript/assembly/crypto/ec/ecdsa";
import { EcKey, ecKey } from "meshscript/assembly/crypto/ec/key";
import { curveP256, curveP384 } from "meshscript/assembly/crypto/ec/curve";
import { P256 } from "meshscript/assembly/crypto/ec/p256";
import { P384 } from "meshscript/assembly/crypto/ec/p384";
import { EdKey, edKey } from "meshscript/assembly/crypto/ed25519/key";
import { verifyEd25519 } from "meshscript/assembly/crypto/ed25519/verify";
import { RsaKey, rsaKey } from "meshscript/assembly/crypto/rsa/key";
import { verifyPkcs1 } from "meshscript/assembly/crypto/rsa/pkcs1";
import { verifyPss } from "meshscript/assembly/crypto/rsa/pss";
import { Algorithm, PublicKey, publicKeyFrom } from "meshscript/assembly/crypto/key/public-key";

const ROOM = memory.data(262144, 16);
const DIGEST = memory.data(DIGEST_MAX, 16);
const RAW = memory.data(96, 16);

let rsa: RsaKey | null = null;
let p256: EcKey<P256> | null = null;
let p384: EcKey<P384> | null = null;
let ed: EdKey | null = null;
let anyKey: PublicKey | null = null;

export function room(): usize {
  return ROOM;
}

export function useRsa(n: usize, nSize: i32, e: usize, eSize: i32): bool {
  rsa = rsaKey(n, nSize, e, eSize);
  return rsa !== null;
}

/** Takes over a point; verifications then use a table or not. */
export function useEc(curve: i32, point: usize, size: i32, prepared: bool): bool {
  if (size != curve / 4) return false;
  if (curve == 256) p256 = ecKey<P256>(curveP256(), point, point + 32);
  else p384 = ecKey<P384>(curveP384(), point, point + 48);
  if (prepared && curve == 256 && p256 !== null) p256!.prepare();
  if (prepared && curve == 384 && p384 !== null) p384!.prepare();
  return curve == 256 ? p256 !== null : p384 !== null;
}

export function useEd(key: usize, size: i32, prepared: bool): bool {
  if (size != 32) return false;
  ed = edKey(key);
  if (prepared && ed !== null) ed!.prepare();
  return ed !== null;
}

/** Takes over a key in PEM or DER. */
export function useAny(text: usize, size: i32): bool {
  anyKey = publicKeyFrom(text, size);
  return anyKey !== null;
}

export function pkcs1(hash: Sha2, message: usize, messageSize: i32, signature: usize, size: i32): bool {
  digest(hash, message, messageSize, DIGEST);
  return verifyPkcs1(rsa!, hash, DIGEST, signature, size);
}

export function pss(
  hash: Sha2,
  message: usize,
  messageSize: i32,
  signature: usize,
  size: i32,
  salt: i32,
): bool {
  digest(hash, message, messageSize, DIGEST);
  return verifyPss(rsa!, hash, DIGEST, signature, size, salt);
}

export function ecdsa(
  curve: i32,
  hash: Sha2,
  message: usize,
  messageSize: i32,
  signature: usize,
  size: i32,
): bool {
  const digestSize = digest(hash, message, messageSize, DIGEST);
  if (curve == 256) return verifyEcdsa<P256>(p256!, DIGEST, digestSize, signature, size);
  return verifyEcdsa<P384>(p384!, DIGEST, digestSize, signature, size);
}

/** The same for a signature in DER, which must come out as it was when it is turned back. */
export function ecdsaDer(
  curve: i32,
  hash: Sha2,
  message: usize,
  messageSize: i32,
  signature: usize,
  size: i32,
): bool {
  if (!fromDer(signature, size, RAW, curve / 8)) return false;
  const back = heap.alloc(120);
  const backSize = toDer(RAW, curve / 8, back);
  if (backSize != size || memory.compare(back, signature, size) != 0) throw new Error("another DER");
  heap.free(back);
  return ecdsa(curve, hash, message, messageSize, RAW, curve / 4);
}

export function ed25519(message: usize, messageSize: i32, signature: usize, size: i32): bool {
  return verifyEd25519(ed!, message, messageSize, signature, size);
}

export function verify(
  algorithm: Algorithm,
  message: usize,
  messageSize: i32,
  signature: usize,
  size: i32,
): bool {
  return anyKey!.verifies(algorithm, message, messageSize, signature, size);
}

export function hmac(hash: Sha2, key: usize, keySize: i32, message: usize, size: i32, to: usize): void {
  if (hash == Sha2.Sha256) new HmacKey<Sha256>(key, keySize).code(message, size, to);
  else if (hash == Sha2.Sha384) new HmacKey<Sha384>(key, keySize).code(message, size, to);
  else new HmacKey<Sha512>(key, keySize).code(message, size, to);
}

export function hash(name: Sha2, from: usize, size: i32, to: usize): void {
  digest(name, from, size, to);
}
