import { take } from "./arena";
import { Bytes } from "./bytes";
import { putDecimal } from "./digits";
import { encode, encodedLimit } from "./text";
import { sizeOf } from "./wire";

/**
 * Puts bytes together without making garbage: `BytesBuilder.begin().addText("id=").addInteger(7).bytes`. It is valid until
 * the callback returns.
 */
@unmanaged
export class BytesBuilder {
  private start: usize;
  private size: usize;
  private room: usize;

  static begin(): BytesBuilder {
    const builder = changetype<BytesBuilder>(take(offsetof<BytesBuilder>()));
    builder.room = 64;
    builder.start = take(64);
    builder.size = 0;
    return builder;
  }

  /** Adds bytes. */
  add(bytes: Bytes): BytesBuilder {
    const size: usize = bytes.length;
    memory.copy(this.space(size), bytes.pointer, size);
    this.size += size;
    return this;
  }

  /** Adds a text as UTF-8. */
  addText(text: string): BytesBuilder {
    const at = this.space(encodedLimit(text));
    this.size += encode(text, at) - at;
    return this;
  }

  /** Adds an encoded text. For the library's own use. */
  addEncoded(text: usize): BytesBuilder {
    return this.add(Bytes.view(text, sizeOf(text)));
  }

  /** Adds a whole number in decimal digits. */
  addInteger(value: i64): BytesBuilder {
    const at = this.space(21);
    let to = at;
    if (value < 0) store<u8>(to++, 0x2d);
    to = putDecimal(value < 0 ? 0 - value : value, to);
    this.size += to - at;
    return this;
  }

  /** What was added as an encoded text, with its size in front. For the library's own use. */
  get encoded(): usize {
    const at = take(this.size + 8) + 8;
    store<u32>(at - 4, <u32>this.size);
    memory.copy(at, this.start, this.size);
    return at;
  }

  /** What was added. */
  get bytes(): Bytes {
    return Bytes.view(this.start, this.size);
  }

  /** Where `size` more bytes may be written. */
  private space(size: usize): usize {
    if (this.size + size > this.room) {
      this.room = (this.size + size) * 2;
      const larger = take(this.room);
      memory.copy(larger, this.start, this.size);
      this.start = larger;
    }
    return this.start + this.size;
  }
}
