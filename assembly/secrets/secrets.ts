import { Bytes } from "../abi/bytes";
import { sizeOf, utf8 } from "../abi/wire";
import { describe } from "../config/describe";
import { firstItem } from "../config/reader";
import { problem } from "../config/scope";
import { nextAfter } from "../config/values";
import { SHA256_SIZE, sha256 } from "../crypto/sha256";
import { Secret, secretAt } from "./secret";

/** Where the digest of what a client sent is put. */
const PRESENTED = memory.data(32, 8);

/**
 * A set of secrets. What a client sends is digested and looked up by its digest, then compared in constant time: how long
 * that takes says nothing about the secrets, and a thousand of them cost no more than one.
 */
export class Secrets {
  private size: i32 = 0;
  private digests: StaticArray<u8> = new StaticArray<u8>(4 * SHA256_SIZE);
  /** An open hash table: places in `digests`, from 1. */
  private slots: StaticArray<i32> = new StaticArray<i32>(16);

  /** How many secrets there are. */
  get count(): i32 {
    return this.size;
  }

  /** Adds a secret; its place is the count so far. False when it is among them already. */
  add(secret: Secret): bool {
    if (this.indexOf(secret.address) >= 0) return false;
    if (this.size * 4 >= this.slots.length) this.grow();
    memory.copy(this.digestAt(this.size), secret.address, SHA256_SIZE);
    this.index(this.size++);
    return true;
  }

  /** Whether a text is one of them. */
  match(text: string): bool {
    return this.find(text) >= 0;
  }

  /** Whether bytes are one of them. */
  matchBytes(bytes: Bytes): bool {
    return this.findBytes(bytes) >= 0;
  }

  /** Which one a text is, in the order in which they were added; -1 when it is none. */
  find(text: string): i32 {
    const at = utf8(text);
    return this.findAt(at, sizeOf(at));
  }

  /** Which one the bytes are; -1 when they are none. */
  findBytes(bytes: Bytes): i32 {
    return this.findAt(bytes.pointer, bytes.length);
  }

  private findAt(from: usize, size: usize): i32 {
    // A digest that was configured may be that of nothing, of an empty file for example; nothing is no secret.
    if (size == 0) return -1;
    sha256(from, size, PRESENTED);
    return this.indexOf(PRESENTED);
  }

  private indexOf(digest: usize): i32 {
    const mask = this.slots.length - 1;
    let at = load<i32>(digest) & mask;
    for (let place = this.slot(at); place > 0; place = this.slot(at)) {
      if (sameDigest(this.digestAt(place - 1), digest)) return place - 1;
      at = (at + 1) & mask;
    }
    return -1;
  }

  /** A place, 0 where there is none: without a check, since `at` is masked. */
  @inline
  private slot(at: i32): i32 {
    return load<i32>(changetype<usize>(this.slots) + ((<usize>at) << 2));
  }

  private index(place: i32): void {
    const mask = this.slots.length - 1;
    let at = load<i32>(this.digestAt(place)) & mask;
    while (this.slot(at) != 0) at = (at + 1) & mask;
    this.slots[at] = place + 1;
  }

  private digestAt(index: i32): usize {
    return changetype<usize>(this.digests) + index * SHA256_SIZE;
  }

  private grow(): void {
    const larger = new StaticArray<u8>(this.digests.length * 2);
    memory.copy(changetype<usize>(larger), changetype<usize>(this.digests), this.digests.length);
    this.digests = larger;
    this.slots = new StaticArray<i32>(this.slots.length * 2);
    for (let i = 0; i < this.size; ++i) this.index(i);
  }
}

/** Whether two digests are equal, in a time that tells nothing of them. */
function sameDigest(a: usize, b: usize): bool {
  const first = v128.xor(v128.load(a), v128.load(b));
  return !v128.any_true(v128.or(first, v128.xor(v128.load(a, 16), v128.load(b, 16))));
}

/** Reads a list of secrets, each as `secret` reads one. At least one is required, and none may stand there twice. */
export function secrets(key: usize): Secrets {
  if (isDefined(MESHSCRIPT_DESCRIBE)) describe(key, "list of secret", true, null);
  const all = new Secrets();
  let index = 0;
  for (let item = firstItem(key, true); item != 0; item = nextAfter(item)) {
    const read = secretAt(key, index, item);
    if (!all.add(read)) problem(key, index, utf8("stands there twice"));
    ++index;
  }
  return all;
}
