import { take } from "../abi/arena";
import { decode } from "../abi/text";
import { sizeOf, utf8 } from "../abi/wire";
import { BASE64_SLACK, decodeBase64Url } from "../crypto/base64";
import { KeyKind, KeyParts } from "../crypto/key/parts";
import { firstIn, isText, nextAfter, skipText, textAt } from "../config/values";
import { NO_ALGORITHM, algorithmNamed } from "./algorithms";
import { JwkMembers } from "./jwk-members";
import { VerificationKey } from "./key";

let reasonAt: usize = 0;

/** Why the last JWK was refused. */
export function refusal(): string {
  return decode(reasonAt, sizeOf(reasonAt));
}

/** Bytes of the shortest secret for HMAC: RFC 7518, section 3.2. */
const SECRET_MIN = 32;

/**
 * Makes a key of a JWK in JSON that was checked. Null, with the reason in `refusal`, where it is not for verifying signatures,
 * is of no kind that is offered, is not one in its only form or too weak, or holds what should be private. A secret is taken
 * only where `secrets` says so: a set that a server publishes should hold none.
 */
export function readJwk(value: usize, secrets: bool): VerificationKey | null {
  if (load<u8>(value) != 0x7b) return refuse(utf8("no object"));
  const jwk = new JwkMembers(value);
  if (jwk.isAmbiguous) return refuse(utf8("a member is there twice"));
  if (jwk.d != 0) return refuse(utf8("a private key"));
  if (!isForVerifying(jwk)) return refuse(utf8("not for verifying signatures"));
  if (jwk.kid != 0 && !isTextual(jwk.kid)) return refuse(utf8("kid is no text"));
  const only = jwk.alg == 0 ? NO_ALGORITHM : algorithmAt(jwk.alg);
  if (jwk.alg != 0 && only == NO_ALGORITHM) return refuse(utf8("an algorithm that is not offered"));
  const key = keyOf(jwk, only, secrets);
  if (key === null || only == NO_ALGORITHM || key.serves(only)) return key;
  return refuse(utf8("an algorithm that is not the key's"));
}

function refuse(reason: usize): VerificationKey | null {
  // All are literals, which stay where they are.
  reasonAt = reason;
  return null;
}

function keyOf(jwk: JwkMembers, only: i32, secrets: bool): VerificationKey | null {
  if (jwk.kty == 0) return refuse(utf8("no kty"));
  if (isText(jwk.kty, "oct"))
    return secrets ? secretOf(jwk, only) : refuse(utf8("a secret among public keys"));
  const parts = partsOf(jwk);
  if (parts === null) return null;
  const key = VerificationKey.ofPublic(idOf(jwk), parts, only);
  return key === null ? refuse(utf8("no key that is valid and strong enough")) : key;
}

function secretOf(jwk: JwkMembers, only: i32): VerificationKey | null {
  const room = take(roomFor(jwk.k));
  const size = octets(jwk.k, room);
  if (size < SECRET_MIN) return refuse(utf8("a secret of less than 32 bytes, or none in base64url"));
  const key = VerificationKey.ofSecret(idOf(jwk), room, size, only);
  memory.fill(room, 0, size);
  return key;
}

/** The numbers of a public key, copied together; null, with the reason, where they are not there in their only form. */
function partsOf(jwk: JwkMembers): KeyParts | null {
  if (isText(jwk.kty, "RSA")) return pair(KeyKind.Rsa, jwk.n, 0, jwk.e, 0);
  if (isText(jwk.kty, "EC") && isTextOf(jwk.crv, "P-256")) return pair(KeyKind.P256, jwk.x, 32, jwk.y, 32);
  if (isText(jwk.kty, "EC") && isTextOf(jwk.crv, "P-384")) return pair(KeyKind.P384, jwk.x, 48, jwk.y, 48);
  if (isText(jwk.kty, "OKP") && isTextOf(jwk.crv, "Ed25519")) return pair(KeyKind.Ed25519, jwk.x, 32, 0, 0);
  refuse(utf8("a kind of key or a curve that is not offered"));
  return null;
}

/** Parts of one or two members, each so long or, where that is 0, of any length but none. */
function pair(kind: KeyKind, first: usize, firstSize: i32, second: usize, secondSize: i32): KeyParts | null {
  const at = take(roomFor(first) + roomFor(second));
  const a = octets(first, at);
  const b = octets(second, at + max(a, 0));
  const isWhole = a > 0 && (b > 0 || kind == KeyKind.Ed25519);
  if (!isWhole || (firstSize > 0 && (a != firstSize || b != secondSize))) {
    refuse(utf8("a number is missing, not in base64url or not as long as it should be"));
    return null;
  }
  return kind == KeyKind.Rsa ? new KeyParts(kind, at, a, at + a, b) : new KeyParts(kind, at, a + b);
}

function roomFor(value: usize): usize {
  return value == 0 ? 0 : skipText(value) - value + BASE64_SLACK;
}

/** Decodes the text at `value` and returns its size: 0 where there is none, -1 where it is not in base64url. */
function octets(value: usize, to: usize): i32 {
  if (value == 0) return 0;
  // An escape has a backslash, which is no letter of the alphabet.
  return isTextual(value) ? decodeBase64Url(value + 1, skipText(value) - value - 2, to) : -1;
}

function isTextual(value: usize): bool {
  return load<u8>(value) == 0x22;
}

function isTextOf(value: usize, text: string): bool {
  return value != 0 && isText(value, text);
}

function idOf(jwk: JwkMembers): string | null {
  return jwk.kid == 0 ? null : textAt(jwk.kid);
}

function algorithmAt(value: usize): i32 {
  return isTextual(value) ? algorithmNamed(value + 1, skipText(value) - value - 2) : NO_ALGORITHM;
}

/** `use` is `sig` and `key_ops` holds `verify`, or they are not there (RFC 7517, sections 4.2 and 4.3). */
function isForVerifying(jwk: JwkMembers): bool {
  if (jwk.use != 0 && !isText(jwk.use, "sig")) return false;
  if (jwk.keyOps == 0) return true;
  if (load<u8>(jwk.keyOps) != 0x5b) return false;
  for (let item = firstIn(jwk.keyOps); item != 0; item = nextAfter(item))
    if (isText(item, "verify")) return true;
  return false;
}
