import { Bytes } from "../abi/bytes";
import { decode } from "../abi/text";
import { utf8 } from "../abi/wire";
import { equalInConstantTime } from "../crypto/equal";
import { Sha256 } from "../crypto/hash/algorithms";
import { HASH_ROOM, Hash } from "../crypto/hash/hash";
import { Sha1 } from "../crypto/hash/sha1";
import { digestOf } from "../crypto/hash/sha2";
import { HmacKey } from "../crypto/hmac";
import { pbkdf2 } from "../crypto/pbkdf2";
import { SHA256_SIZE, sha256 } from "../crypto/sha256";
import { PasswordHash, readHash } from "./htpasswd";
import { KnownPasswords } from "./known-passwords";

const ROOM = memory.data(HASH_ROOM, 16);
/** Digests of a user's name and of that with the password, and the password's two hashes. */
const NAME = memory.data(32, 16);
const BOTH = memory.data(32, 16);
const SHA = memory.data(32, 16);
const DERIVED = memory.data(32, 16);

/**
 * Users and hashes of their passwords. How long a check takes tells nothing of them: a user who is unknown costs the same
 * work as one whose password is wrong, and all users that of the dearest one's hash. Passwords that were right are known
 * again without that work, as long as the configuration stays.
 */
export class Passwords {
  private count: i32 = 0;
  private hashes: StaticArray<u8>;
  private names: StaticArray<string>;
  private known: KnownPasswords = new KnownPasswords();
  private key: HmacKey<Sha256> = new HmacKey<Sha256>(0, 0);
  /** Iterations that each check takes. */
  private iterations: u32 = 0;
  private usesSha: bool = false;

  /** With room for so many users. For the library's own use. */
  constructor(private room: i32) {
    // The last one is nobody's: whoever is unknown is compared with it.
    this.hashes = new StaticArray<u8>((room + 1) * <i32>PasswordHash.SIZE);
    this.names = new StaticArray<string>(room);
    memory.fill(this.hashAt(room).digest, 0xff, 32);
  }

  /** How many users there are. */
  get size(): i32 {
    return this.count;
  }

  /** The name of a user that `verify` found. */
  nameOf(user: i32): string {
    return this.names[user];
  }

  /** Which user has this password; -1: nobody. An empty password is nobody's. Allocates nothing. */
  verify(user: Bytes, password: Bytes): i32 {
    if (password.length == 0) return -1;
    sha256(user.pointer, user.length, NAME);
    digestBoth(password);
    const known = this.iterations > 0 ? this.known.find(BOTH) : -1;
    if (known >= 0) return known;
    const found = this.find(NAME);
    const isRight = this.matches(this.hashAt(found), password);
    if (!isRight || found == this.room) return -1;
    if (this.iterations > 0) this.known.keep(BOTH, found);
    return found;
  }

  /** Adds the user of a line. Returns what is wrong with it, encoded; 0: nothing. For the library's own use. */
  add(from: usize, end: usize): usize {
    let colon = from;
    while (colon < end && load<u8>(colon) != 0x3a) ++colon;
    if (colon == from || colon == end) return utf8("expected user:hash");
    if (!isName(from, colon)) return utf8("its user must not hold control characters");
    const hash = this.hashAt(this.count);
    const fault = readHash(colon + 1, end, hash);
    if (fault != 0) return fault;
    sha256(from, colon - from, hash.name);
    if (this.find(hash.name) != this.room) return utf8("its user stands there twice");
    this.names[this.count++] = decode(from, colon - from);
    this.iterations = max(this.iterations, hash.iterations);
    this.usesSha = this.usesSha || hash.iterations == 0;
    return 0;
  }

  /** Looks at all users, whichever it is. */
  private find(name: usize): i32 {
    let found = this.room;
    for (let i = 0; i < this.count; ++i)
      found = select(i, found, equalInConstantTime(this.hashAt(i).name, name, SHA256_SIZE));
    return found;
  }

  private matches(hash: PasswordHash, password: Bytes): bool {
    if (this.usesSha) digestOf<Sha1>(password.pointer, password.length, SHA);
    if (this.iterations > 0) {
      this.key.become(password.pointer, password.length);
      pbkdf2(this.key, hash.salt, hash.saltSize, hash.iterations, DERIVED, this.iterations);
    }
    return equalInConstantTime(hash.digest, select(SHA, DERIVED, hash.iterations == 0), 32);
  }

  private hashAt(user: i32): PasswordHash {
    return changetype<PasswordHash>(changetype<usize>(this.hashes) + <usize>user * PasswordHash.SIZE);
  }
}

/** The name's digest has one size, so no two users with their passwords are taken for each other. */
function digestBoth(password: Bytes): void {
  const hash = changetype<Hash<Sha256>>(ROOM);
  hash.start();
  hash.update(NAME, SHA256_SIZE);
  hash.update(password.pointer, password.length);
  hash.finish(BOTH);
}

function isName(from: usize, end: usize): bool {
  for (let at = from; at < end; ++at) if (load<u8>(at) < 0x20 || load<u8>(at) == 0x7f) return false;
  return true;
}
