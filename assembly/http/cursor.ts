import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { firstPair, hasName, nameSize, nextPair, pairValue, valueSize } from "../abi/pairs";
import { decodeAgain } from "../abi/text";
import { nameOf, sizeOf } from "../abi/wire";

/**
 * Walks over field lines: `while (cursor.next()) … cursor.name … cursor.value`. It shows the map as it was when the walk
 * began, whatever is written meanwhile, and is valid until the callback returns.
 */
@unmanaged
export class HeaderCursor {
  private list: usize;
  private size: u32;
  private index: i32;
  private at: usize;

  /** Over a pair list; 0 is an empty one. For the library's own use. */
  static over(list: usize): HeaderCursor {
    const cursor = changetype<HeaderCursor>(take(offsetof<HeaderCursor>()));
    cursor.list = list;
    cursor.size = list == 0 ? 0 : load<u32>(list);
    cursor.rewind();
    return cursor;
  }

  /** Back before the first line. */
  rewind(): void {
    this.index = -1;
    this.at = 0;
  }

  /** On to the next line; false when there is none. */
  next(): bool {
    if (this.index + 1 >= <i32>this.size) return false;
    this.at = this.index < 0 ? firstPair(this.list) : nextPair(this.list, this.index, this.at);
    ++this.index;
    return true;
  }

  /** How many lines there are in all. */
  get count(): i32 {
    return <i32>this.size;
  }

  /** The name of the line, in lower case. */
  get name(): string {
    return decodeAgain(this.at, nameSize(this.list, this.index));
  }

  get value(): string {
    return decodeAgain(pairValue(this.list, this.index, this.at), valueSize(this.list, this.index));
  }

  get nameBytes(): Bytes {
    return Bytes.view(this.at, nameSize(this.list, this.index));
  }

  get valueBytes(): Bytes {
    return Bytes.view(pairValue(this.list, this.index, this.at), valueSize(this.list, this.index));
  }

  /** Whether the line belongs to this field. */
  isNamed(name: string): bool {
    const at = nameOf(name);
    return at != 0 && hasName(this.list, this.index, this.at, at, sizeOf(at));
  }
}
