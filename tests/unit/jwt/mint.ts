import { begin } from "meshscript/assembly/abi/arena";
import { Sha256 } from "meshscript/assembly/crypto/hash/algorithms";
import { HmacKey } from "meshscript/assembly/crypto/hmac";
import { Bytes, Jwks, KeySet, Token } from "meshscript/assembly";
import { encoded, placed } from "../abi/bytes-of";

// Tokens for specs, by HMAC with SHA-256.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SECRET = "0123456789abcdef0123456789abcdef";
export const HEADER = '{"alg":"HS256","typ":"JWT"}';
export const PAYLOAD = '{"iss":"perf","sub":"alice","exp":4102444800}';

/** A text, or bytes, in base64url. */
export function segment(text: string): string {
  return segmentOf(encoded(text));
}

export function segmentOf(bytes: u8[]): string {
  let letters = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i;
    const group =
      ((<u32>bytes[i]) << 16) |
      (rest > 1 ? (<u32>bytes[i + 1]) << 8 : 0) |
      (rest > 2 ? <u32>bytes[i + 2] : 0);
    for (let j = 0; j < min(rest, 3) + 1; ++j) letters += LETTERS.charAt((group >> (18 - 6 * j)) & 63);
  }
  return letters;
}

/** A token with this header and payload, in the secret's name. */
export function signed(header: string = HEADER, payload: string = PAYLOAD, secret: string = SECRET): string {
  const text = segment(header) + "." + segment(payload);
  const bytes = encoded(text);
  const key = encoded(secret);
  const code = heap.alloc(32);
  new HmacKey<Sha256>(placed(key), key.length).code(placed(bytes), bytes.length, code);
  const copy: u8[] = [];
  for (let i = 0; i < 32; ++i) copy.push(load<u8>(code + i));
  return text + "." + segmentOf(copy);
}

/** A JWK of the secret, with more members. */
export function secretKey(members: string = "", secret: string = SECRET): string {
  return '{"kty":"oct","k":"' + segment(secret) + '"' + members + "}";
}

/** A set of keys. */
export function setOf(keys: string[]): KeySet {
  return Jwks.parse('{"keys":[' + keys.join(",") + "]}", true)!;
}

/** Takes a token apart, as in a callback of its own. */
export function read(text: string): Token {
  begin();
  return Token.read(Bytes.ofText(text));
}
