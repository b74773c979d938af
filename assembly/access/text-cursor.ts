import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";

/** Reads a text from left to right: `cursor.take(0x3d)`, `cursor.name()`. It is valid until the callback returns. */
@unmanaged
export class TextCursor {
  private position: usize;
  private end: usize;

  static over(text: Bytes): TextCursor {
    const cursor = changetype<TextCursor>(take(offsetof<TextCursor>()));
    cursor.position = text.pointer;
    cursor.end = cursor.position + text.length;
    return cursor;
  }

  /** The next byte, 0 at the end. */
  get here(): u32 {
    return this.position < this.end ? load<u8>(this.position) : 0;
  }

  get isOver(): bool {
    return this.position == this.end;
  }

  /** Goes on behind this byte where it is the next one. */
  take(byte: u32): bool {
    if (this.isOver || load<u8>(this.position) != byte) return false;
    ++this.position;
    return true;
  }

  /** Where it stands, for `since`. */
  get place(): usize {
    return this.position;
  }

  /** What was read since it stood there. */
  since(place: usize): Bytes {
    return Bytes.view(place, this.position - place);
  }

  /** Goes on behind the next byte, whatever it is, and returns it; 0 at the end. */
  next(): u32 {
    const byte = this.here;
    if (!this.isOver) ++this.position;
    return byte;
  }

  /** Goes on behind blanks. */
  blanks(): void {
    while (this.take(0x20));
  }

  /** Goes on behind a comma, with blanks and tabs around it (RFC 9110, section 5.6.1). */
  comma(): bool {
    this.whiteSpace();
    if (!this.take(0x2c)) return false;
    this.whiteSpace();
    return true;
  }

  /** What stands in front of the next such byte, which is left behind; null where there is none: then nothing is read. */
  upTo(byte: u32): Bytes | null {
    const start = this.position;
    for (; !this.isOver; ++this.position) if (load<u8>(this.position) == byte) return this.before(start);
    this.position = start;
    return null;
  }

  /** Letters, digits, `_`, `-`, `.` and `*`; empty where another byte follows. */
  name(): Bytes {
    const start = this.position;
    while (isNameByte(this.here)) ++this.position;
    return this.since(start);
  }

  /** All that follows. */
  rest(): Bytes {
    const start = this.position;
    this.position = this.end;
    return this.since(start);
  }

  /** What stands between there and the next byte, which is left behind. */
  private before(start: usize): Bytes {
    const part = this.since(start);
    ++this.position;
    return part;
  }

  private whiteSpace(): void {
    while (this.take(0x20) || this.take(0x09));
  }
}

function isNameByte(byte: u32): bool {
  if (byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26) return true;
  return byte == 0x5f || byte == 0x2d || byte == 0x2e || byte == 0x2a;
}
