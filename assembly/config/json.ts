import { mark, release, take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { findFault, isBlank } from "./check";
import {
  firstIn,
  integerAt,
  isInteger,
  isText,
  member,
  nextAfter,
  skip,
  textAt,
  unescape,
  valueOf,
} from "./values";

/**
 * A value in a JSON text, read where it stands: nothing is built, and it is valid as long as the text stays in its place, at
 * most until the callback returns.
 */
@unmanaged
export class Json {
  /** The value of a text (RFC 8259, at most 64 levels deep); null where it is no JSON, or neither object nor list. */
  static read(text: Bytes): Json | null {
    const at = text.pointer;
    return changetype<Json | null>(containerIn(at, text.length));
  }

  get isObject(): bool {
    return load<u8>(this.at) == 0x7b;
  }

  get isList(): bool {
    return load<u8>(this.at) == 0x5b;
  }

  get isText(): bool {
    return load<u8>(this.at) == 0x22;
  }

  get isNumber(): bool {
    const first: u32 = load<u8>(this.at);
    return first == 0x2d || first - 0x30 < 10;
  }

  get isTrue(): bool {
    return load<u8>(this.at) == 0x74;
  }

  get isFalse(): bool {
    return load<u8>(this.at) == 0x66;
  }

  get isNull(): bool {
    return load<u8>(this.at) == 0x6e;
  }

  /** Whether it is a number without fraction and exponent, of at most 17 digits. */
  get isInteger(): bool {
    return this.isNumber && isInteger(this.at);
  }

  /** The number, `fallback` where it is none as `isInteger` has it. */
  integer(fallback: i64 = 0): i64 {
    return this.isInteger ? integerAt(this.at) : fallback;
  }

  /** Whether it is a text and reads as this one. */
  equals(text: string): bool {
    return isText(this.at, text);
  }

  /** A text with its escapes resolved; any other value as it is written. */
  get bytes(): Bytes {
    if (!this.isText) return this.written;
    const room = take(skip(this.at) - this.at);
    return Bytes.view(room, unescape(this.at, room) - room);
  }

  /** `bytes` as a string. */
  toString(): string {
    return this.isText ? textAt(this.at) : this.written.toString();
  }

  /** The value as it is written, quotes and escapes included. */
  get written(): Bytes {
    return Bytes.view(this.at, skip(this.at) - this.at);
  }

  /** The member of an object with this name, the first of several; null where there is none, or this is no object. */
  get(name: string): Json | null {
    if (!this.isObject) return null;
    const before = mark();
    const found = member(this.at, utf8(name));
    release(before);
    return changetype<Json | null>(found);
  }

  /** The first item of a list, or the first name of an object, as a text; null where there is none. */
  get first(): Json | null {
    return changetype<Json | null>(this.isObject || this.isList ? firstIn(this.at) : 0);
  }

  /** What stands behind an item of a list, or behind a member's value in an object: the next name; null at the end. */
  get next(): Json | null {
    return changetype<Json | null>(nextAfter(this.at));
  }

  /** The value that belongs to a member's name. */
  get value(): Json {
    return changetype<Json>(valueOf(this.at));
  }

  private get at(): usize {
    return changetype<usize>(this);
  }
}

/** Address of the object or list that a text is, 0 where it is neither. */
export function containerIn(text: usize, size: usize): usize {
  if (findFault(text, size) != 0) return 0;
  let at = text;
  while (isBlank(load<u8>(at))) ++at;
  return load<u8>(at) == 0x7b || load<u8>(at) == 0x5b ? at : 0;
}
