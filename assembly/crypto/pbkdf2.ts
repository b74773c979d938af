import { Sha256 } from "./hash/algorithms";
import { HmacKey } from "./hmac";

const DIGEST: usize = 32;
/** Salts up to this size, with what stands behind them, fit the one block that an HMAC's message takes here. */
export const PBKDF2_SALT_MAX: usize = 48;

/** The inner and the outer message of an iteration, padded already: one digest, as long as the block that the key took. */
const MESSAGE = memory.data(64, 16);
const CHAIN = memory.data(64, 16);

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018, section 5.2): writes the first 32 bytes of the derived key to `to`. It does the work
 * of `atLeast` iterations if those are more, so that keys of different counts cost the same. The salt has at most 48 bytes.
 */
export function pbkdf2(
  password: HmacKey<Sha256>,
  salt: usize,
  saltSize: usize,
  iterations: u32,
  to: usize,
  atLeast: u32 = 0,
): void {
  begin(password, salt, saltSize);
  memory.copy(to, MESSAGE, DIGEST);
  for (let i: u32 = 1, n = max(iterations, atLeast); i < n; ++i) {
    through(password.inner);
    through(password.outer);
    const counts = i64x2.splat(i < iterations ? -1 : 0);
    add(to, MESSAGE, counts);
    add(to + 16, MESSAGE + 16, counts);
  }
  memory.fill(CHAIN, 0, 64);
  memory.fill(MESSAGE, 0, 64);
}

/** The first iteration: the salt and the number of this block of the derived key, 1. */
function begin(password: HmacKey<Sha256>, salt: usize, saltSize: usize): void {
  assert(saltSize <= PBKDF2_SALT_MAX, "the salt is too long");
  memory.copy(MESSAGE, salt, saltSize);
  store<u32>(MESSAGE + saltSize, 0x01000000);
  pad(saltSize + 4);
  through(password.inner);
  pad(DIGEST);
  through(password.outer);
}

/** Ends the message after `size` bytes; a block of 64 stands before it. */
function pad(size: usize): void {
  memory.fill(MESSAGE + size, 0, 64 - size);
  store<u8>(MESSAGE + size, 0x80);
  store<u64>(MESSAGE, bswap<u64>((64 + size) << 3), 56);
}

/** The message's digest, from a chaining value on, takes the message's place. */
function through(chain: usize): void {
  const sha = changetype<Sha256>(0);
  v128.store(CHAIN, v128.load(chain));
  v128.store(CHAIN, v128.load(chain, 16), 16);
  sha.compress(CHAIN, MESSAGE);
  sha.write(CHAIN, MESSAGE);
}

function add(to: usize, from: usize, mask: v128): void {
  v128.store(to, v128.xor(v128.load(to), v128.and(v128.load(from), mask)));
}
