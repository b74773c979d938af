import { sameBytes } from "../abi/compare";
import { sizeOf, utf8 } from "../abi/wire";
import { BASE64_SLACK, decodeBase64 } from "../crypto/base64";
import { PBKDF2_SALT_MAX } from "../crypto/pbkdf2";

/** Most iterations of PBKDF2: a check then stays under 5 ms, in which the worker serves nobody else. */
export const ITERATIONS_MAX: u32 = 3000;
/** Fewest: what RFC 8018 (section 4.2) calls the least. */
const ITERATIONS_MIN: u32 = 1000;
const SALT_MIN: i32 = 8;
/** Characters that 48 bytes take. */
const PART_MAX: usize = 64;

const PART = memory.data(64, 16);
const DECODED = memory.data(80, 16);

/** The hash of a user's password, within a table. All bytes that it does not need are 0. */
@unmanaged
export class PasswordHash {
  /** Size of one in bytes. */
  static readonly SIZE: usize = 128;

  /** SHA-256 digest of the user's name. */
  get name(): usize {
    return changetype<usize>(this);
  }

  /** 20 bytes of SHA-1 or 32 of PBKDF2. */
  get digest(): usize {
    return changetype<usize>(this) + 32;
  }

  get salt(): usize {
    return changetype<usize>(this) + 64;
  }

  get saltSize(): usize {
    return load<u32>(changetype<usize>(this), 112);
  }

  /** Iterations of PBKDF2; 0: SHA-1. */
  get iterations(): u32 {
    return load<u32>(changetype<usize>(this), 116);
  }

  /** For PBKDF2. */
  set(iterations: u32, saltSize: usize): void {
    store<u32>(changetype<usize>(this), <u32>saltSize, 112);
    store<u32>(changetype<usize>(this), iterations, 116);
  }
}

/**
 * Reads a hash as htpasswd has it behind the colon: `{SHA}` of Apache, or `$pbkdf2-sha256$` of Python's passlib. Returns what
 * is wrong with it, encoded; 0: nothing. It never says what stands there.
 */
export function readHash(from: usize, end: usize, to: PasswordHash): usize {
  const sha = behind(from, end, utf8("{SHA}"));
  if (sha != 0) return readSha(sha, end, to);
  const pbkdf2 = behind(from, end, utf8("$pbkdf2-sha256$"));
  if (pbkdf2 != 0) return readPbkdf2(pbkdf2, end, to);
  return utf8("its hash must begin with {SHA} or $pbkdf2-sha256$");
}

function readSha(from: usize, end: usize, to: PasswordHash): usize {
  if (end - from != 28 || decodeBase64(from, 28, DECODED) != 20)
    return utf8("{SHA} must be followed by 28 characters of base64");
  memory.copy(to.digest, DECODED, 20);
  return 0;
}

function readPbkdf2(from: usize, end: usize, to: PasswordHash): usize {
  let at = from;
  let iterations: u32 = 0;
  for (; at < end && at - from < 7 && load<u8>(at) - 0x30 < 10; ++at)
    iterations = iterations * 10 + load<u8>(at) - 0x30;
  if (at == from || at == end || load<u8>(at) != 0x24 || load<u8>(from) == 0x30) return malformed();
  if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX)
    return utf8("its iterations must be from 1000 to 3000");
  const salt = at + 1;
  for (at = salt; at < end && load<u8>(at) != 0x24; ++at) {}
  const saltSize = readPart(salt, at, to.salt, <i32>PBKDF2_SALT_MAX);
  if (at == end || saltSize < SALT_MIN || readPart(at + 1, end, to.digest, 32) != 32) return malformed();
  to.set(iterations, saltSize);
  return 0;
}

function malformed(): usize {
  return utf8(
    "$pbkdf2-sha256$ must be followed by iterations, a salt of 8 to 48 bytes and a hash of 32, parted by $",
  );
}

/** Decodes base64 as passlib writes it: `.` in place of `+`, and no padding. Returns the size, -1: it is none, or too long. */
function readPart(from: usize, end: usize, to: usize, most: i32): i32 {
  const size = end - from;
  if (size > PART_MAX) return -1;
  memory.fill(PART, 0x3d, PART_MAX);
  for (let i: usize = 0; i < size; ++i)
    store<u8>(PART + i, load<u8>(from + i) == 0x2e ? 0x2b : load<u8>(from + i));
  const decoded = decodeBase64(PART, (size + 3) & ~3, DECODED);
  if (decoded > most) return -1;
  if (decoded > 0) memory.copy(to, DECODED, decoded);
  return decoded;
}

/** Where a text goes on behind its beginning, 0 where it has another one. */
function behind(from: usize, end: usize, beginning: usize): usize {
  const size: usize = sizeOf(beginning);
  return end - from >= size && sameBytes(from, beginning, size) ? from + size : 0;
}
