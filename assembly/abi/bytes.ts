import { epoch, take } from "./arena";
import { decode, encode, encodedLimit } from "./text";
import { isEncoded, sameBytes } from "./compare";
import { sizeOf, utf8 } from "./wire";

/**
 * A view on bytes that the host returned. It is valid until the callback returns: to keep the bytes, take a copy
 * with `toString()` or `toArray()`. A view that is used in a later callback aborts.
 */
@unmanaged
export class Bytes {
  private start: usize;
  private size: usize;
  private madeIn: u32;

  /** A view on memory that stays as it is until the callback returns. For the library's own use. */
  static view(start: usize, size: usize): Bytes {
    const bytes = changetype<Bytes>(take(offsetof<Bytes>()));
    bytes.start = start;
    bytes.size = size;
    bytes.madeIn = epoch;
    return bytes;
  }

  /** The bytes of an array, copied. */
  static of(array: Uint8Array): Bytes {
    const start = take(array.length);
    memory.copy(start, array.dataStart, array.length);
    return Bytes.view(start, array.length);
  }

  /** The UTF-8 form of a text. */
  static ofText(text: string): Bytes {
    const start = take(encodedLimit(text));
    return Bytes.view(start, encode(text, start) - start);
  }

  /** Address of the first byte. */
  get pointer(): usize {
    assert(this.madeIn == epoch, "Bytes outlived their callback");
    return this.start;
  }

  get length(): i32 {
    return <i32>this.size;
  }

  /** The byte at `index`; aborts outside the view. */
  at(index: i32): u8 {
    assert(<u32>index < <u32>this.size, "Index out of range");
    return load<u8>(this.pointer + index);
  }

  /** Whether these are exactly the bytes of `text`, compared without allocating. */
  @inline
  equals(text: string): bool {
    return isEncoded(this.pointer, this.length, utf8(text));
  }

  /** Whether the bytes begin with `text`. */
  @inline
  startsWith(text: string): bool {
    return beginsWith(this.pointer, this.length, utf8(text));
  }

  /** Part of the view, from `start` up to `end`, both kept within it. */
  slice(start: i32, end: i32 = i32.MAX_VALUE): Bytes {
    const from = max(0, min(start, this.length));
    return Bytes.view(this.pointer + from, max(from, min(end, this.length)) - from);
  }

  /** Position of a byte at or after `from`, -1 where there is none. */
  indexOf(byte: u8, from: i32 = 0): i32 {
    const start = this.pointer;
    for (let i = max(from, 0), n = this.length; i < n; ++i) if (load<u8>(start + i) == byte) return i;
    return -1;
  }

  /** A text of its own. Bytes that are not UTF-8 survive the way back into a header. */
  toString(): string {
    return decode(this.pointer, this.size);
  }

  /** A copy that lives as long as you hold it. */
  toArray(): Uint8Array {
    const array = new Uint8Array(this.length);
    memory.copy(array.dataStart, this.pointer, this.size);
    return array;
  }
}

function beginsWith(at: usize, size: usize, text: usize): bool {
  return size >= sizeOf(text) && sameBytes(at, text, sizeOf(text));
}
