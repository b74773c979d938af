import { Bytes } from "../abi/bytes";
import { take } from "../abi/arena";
import { utf8 } from "../abi/wire";
import { firstPair, hasName, nameSize, nextPair, pairCount, pairValue, valueSize } from "../abi/pairs";
import { sizeOf } from "../abi/wire";
import { getProperty } from "./properties";

// What properties hold, by the host's encodings: texts as they are; integers, times and durations in 8 bytes; other
// numbers in 8 bytes, too; flags in one; maps and lists as pairs. Where the host has none, or something else, there is a
// neutral value.

export function text(path: usize): string | null {
  return textIn(getProperty(path));
}

export function integer(path: usize, fallback: i64 = 0): i64 {
  const bytes = getProperty(path);
  return bytes === null || bytes.length != 8 ? fallback : load<i64>(bytes.pointer);
}

export function flag(path: usize): bool {
  return flagIn(getProperty(path));
}

export function textIn(bytes: Bytes | null): string | null {
  return bytes === null ? null : bytes.toString();
}

export function numberIn(bytes: Bytes | null, fallback: f64): f64 {
  return bytes === null || bytes.length != 8 ? fallback : load<f64>(bytes.pointer);
}

export function flagIn(bytes: Bytes | null): bool {
  return bytes !== null && bytes.length == 1 && bytes.at(0) != 0;
}

/** A property that is a map or a list, valid until the callback returns. A list's items are the names of its pairs. */
@unmanaged
export class Pairs {
  private bytes: Bytes;
  count: i32;

  /** For the library's own use; what is no list of pairs counts as an empty one. */
  static of(bytes: Bytes | null): Pairs {
    const pairs = changetype<Pairs>(take(offsetof<Pairs>()));
    pairs.bytes = bytes === null ? Bytes.view(0, 0) : bytes;
    pairs.count = bytes === null ? 0 : pairCount(bytes.pointer, bytes.length);
    return pairs;
  }

  /** The name of a pair, or the item of a list; aborts where there is none. */
  name(index: i32): Bytes {
    return Bytes.view(this.at(index), nameSize(this.bytes.pointer, index));
  }

  /** The value of a pair; aborts where there is none. */
  value(index: i32): Bytes {
    const list = this.bytes.pointer;
    return Bytes.view(pairValue(list, index, this.at(index)), valueSize(list, index));
  }

  /** The value under a name, null where there is none. */
  @inline
  get(name: string): string | null {
    return textIn(this.find(utf8(name)));
  }

  /** For the library's own use. */
  find(name: usize): Bytes | null {
    for (let i = 0, n = this.count; i < n; ++i) {
      if (hasName(this.bytes.pointer, i, this.at(i), name, sizeOf(name))) return this.value(i);
    }
    return null;
  }

  private at(index: i32): usize {
    assert(<u32>index < <u32>this.count, "Index out of range");
    const list = this.bytes.pointer;
    let at = firstPair(list);
    for (let i = 0; i < index; ++i) at = nextPair(list, i, at);
    return at;
  }
}
