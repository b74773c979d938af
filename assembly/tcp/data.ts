import { Bytes } from "../abi/bytes";
import * as buffer from "../stream/buffer";

/**
 * What one side of a connection has sent and was not let go: what is new, and what the filter kept back before. It is
 * there in the handler of its direction, and elsewhere while that direction is paused. At all other times it is empty, and a
 * write is refused: false, and a line in the log.
 */
@unmanaged
export class Data {
  /** That of a connection that has ended: empty for ever. */
  static readonly none: Data = changetype<Data>(<usize>255);

  /** How many bytes there are. */
  get length(): i32 {
    return this === Data.none ? 0 : buffer.lengthOf(this.kind);
  }

  /** The bytes from `start` on, at most `length` of them, valid until the callback returns. */
  bytes(start: i32 = 0, length: i32 = i32.MAX_VALUE): Bytes {
    return this === Data.none ? Bytes.view(0, 0) : buffer.read(this.kind, start, length);
  }

  /** All of it as text. */
  toString(): string {
    return this.bytes().toString();
  }

  /** Puts a text in the place of everything. */
  replace(text: string): bool {
    return this.replaceBytes(Bytes.ofText(text));
  }

  replaceBytes(bytes: Bytes): bool {
    return this.spliceBytes(0, i32.MAX_VALUE, bytes);
  }

  /** Adds a text behind what is there. */
  append(text: string): bool {
    return this.appendBytes(Bytes.ofText(text));
  }

  appendBytes(bytes: Bytes): bool {
    return this !== Data.none && buffer.append(this.kind, bytes);
  }

  /** Adds a text in front of what is there. */
  prepend(text: string): bool {
    return this.prependBytes(Bytes.ofText(text));
  }

  prependBytes(bytes: Bytes): bool {
    return this.spliceBytes(0, 0, bytes);
  }

  /** Takes out at most `remove` bytes from `start` on and puts a text there. */
  splice(start: i32, remove: i32, text: string = ""): bool {
    return this.spliceBytes(start, remove, Bytes.ofText(text));
  }

  /** As `splice`. What lies outside is not there to be removed; behind the end a text is added. */
  spliceBytes(start: i32, remove: i32, bytes: Bytes): bool {
    return this !== Data.none && buffer.write(this.kind, start, max(remove, 0), bytes);
  }

  /** Empties it. */
  clear(): bool {
    return this.replaceBytes(Bytes.view(0, 0));
  }

  private get kind(): u32 {
    return <u32>changetype<usize>(this);
  }
}
