import { recode } from "../ec/digits";
import { Sha512 } from "../hash/algorithms";
import { HASH_ROOM, Hash } from "../hash/hash";
import { isBelow } from "../numbers/bytes";
import { ORDER } from "./constants";
import { reverse } from "./decode";
import { inverse, multiply, write } from "./field";
import { ED_KEY_SIZE, ED_SIGNATURE_SIZE, EdKey } from "./key";
import { EdPoint } from "./point";
import { WIDTH, addFromTable } from "./table";

const HASHING = memory.data(HASH_ROOM, 16);
const DIGEST = memory.data(64, 16);
const NUMBER = memory.data(32, 16);
const SUM = memory.data(320, 16);
const LOWER = memory.data(48, 16);
const UPPER = memory.data(48, 16);
const INVERSE = memory.data(80, 16);
const COORDINATE = memory.data(80, 16);
const ENCODED = memory.data(32, 16);

/**
 * Ed25519 (RFC 8032, section 5.1.7), strictly: whether a signature is the message's. S must be below the order, and R the one
 * encoding of S B - k A: that is the equation without the cofactor, as OpenSSL and BoringSSL check it.
 */
export function verifyEd25519(
  key: EdKey,
  message: usize,
  messageSize: usize,
  signature: usize,
  size: usize,
): bool {
  if (size != ED_SIGNATURE_SIZE) return false;
  reverse(NUMBER, signature + 32);
  if (!isBelow(NUMBER, ORDER, 32)) return false;
  const sum = changetype<EdPoint>(SUM);
  sum.becomeNeutral();
  challenge(key, message, messageSize, signature);
  recode(NUMBER, 32, WIDTH);
  key.subtractFrom(sum);
  reverse(NUMBER, signature + 32);
  recode(NUMBER, 32, WIDTH);
  addFromTable(sum, key.curve.base);
  encode(sum);
  return memory.compare(ENCODED, signature, 32) == 0;
}

/** Writes SHA-512 of R, the key and the message, modulo the order. */
function challenge(key: EdKey, message: usize, size: usize, r: usize): void {
  const hash = changetype<Hash<Sha512>>(HASHING);
  hash.start();
  hash.update(r, 32);
  hash.update(changetype<usize>(key.encoded), ED_KEY_SIZE);
  hash.update(message, size);
  hash.finish(DIGEST);
  const order = key.curve.order;
  reverse(NUMBER, DIGEST);
  order.load(NUMBER, 32, LOWER);
  order.multiply(LOWER, LOWER, order.square);
  reverse(NUMBER, DIGEST + 32);
  order.load(NUMBER, 32, UPPER);
  order.multiply(UPPER, UPPER, changetype<usize>(key.curve.upper));
  order.add(LOWER, LOWER, UPPER);
  order.leave(LOWER, LOWER);
  order.write(LOWER, NUMBER, 32);
}

/** Writes a point's encoding (section 5.1.2). */
function encode(point: EdPoint): void {
  inverse(INVERSE, point.z);
  multiply(COORDINATE, point.y, INVERSE);
  write(COORDINATE, NUMBER);
  reverse(ENCODED, NUMBER);
  multiply(COORDINATE, point.x, INVERSE);
  write(COORDINATE, NUMBER);
  store<u8>(ENCODED, load<u8>(ENCODED, 31) | (load<u8>(NUMBER, 31) << 7), 31);
}
