import { take } from "../abi/arena";
import { BytesBuilder } from "../abi/builder";
import { Bytes } from "../abi/bytes";
import { cleaned } from "../abi/cleaned";
import { sizeOf, utf8 } from "../abi/wire";

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;

/**
 * Writes a JSON text from left to right, without making garbage:
 * `JsonWriter.begin().open("{").name("user").text(Bytes.ofText("alice")).close("}").bytes`. Commas come by themselves. It
 * is valid until the callback returns.
 */
@unmanaged
export class JsonWriter {
  private to: BytesBuilder;
  /** Whether a value stands in front of what comes next. */
  private follows: bool;

  static begin(): JsonWriter {
    const writer = changetype<JsonWriter>(take(offsetof<JsonWriter>()));
    writer.to = BytesBuilder.begin();
    writer.follows = false;
    return writer;
  }

  /** Begins an object (`{`) or a list (`[`). */
  @inline
  open(bracket: string): JsonWriter {
    return this.put(utf8(bracket), false);
  }

  /** Ends it (`}`, `]`). */
  @inline
  close(bracket: string): JsonWriter {
    return this.end(utf8(bracket));
  }

  /** The name of a member, whose value comes next. It is written as it is: no quotes, no backslashes. */
  @inline
  name(name: string): JsonWriter {
    return this.named(utf8(name));
  }

  /** `name` of any bytes. */
  key(name: Bytes): JsonWriter {
    this.text(name).follows = false;
    return this.add(utf8(":"));
  }

  /** A text; what is not UTF-8 in it shows as exclamation marks. */
  text(value: Bytes): JsonWriter {
    this.put(utf8('"'), true);
    const text = cleaned(value);
    let from = 0;
    for (let i = 0, n = text.length; i < n; ++i) {
      const byte = text.at(i);
      if (byte >= 0x20 && byte != QUOTE && byte != BACKSLASH) continue;
      this.to.add(text.slice(from, i));
      from = byte < 0x20 ? i + 1 : i;
      this.add(byte < 0x20 ? utf8("\\u00") : utf8("\\"));
      if (byte < 0x20) this.to.add(hex(byte));
    }
    this.to.add(text.slice(from));
    return this.add(utf8('"'));
  }

  /** A whole number. */
  integer(value: i64): JsonWriter {
    this.put(utf8(""), true).to.addInteger(value);
    return this;
  }

  /** A value that is JSON already: it is written as it is. */
  raw(json: Bytes): JsonWriter {
    this.put(utf8(""), true).to.add(json);
    return this;
  }

  /** `true`, `false` or `null`. */
  @inline
  word(word: string): JsonWriter {
    return this.put(utf8(word), true);
  }

  /** What was written. */
  get bytes(): Bytes {
    return this.to.bytes;
  }

  /** For the library's own use, as what follows: encoded texts. */
  named(name: usize): JsonWriter {
    return this.put(utf8('"'), false).add(name).add(utf8('":'));
  }

  end(bracket: usize): JsonWriter {
    this.follows = true;
    return this.add(bracket);
  }

  put(text: usize, follows: bool): JsonWriter {
    if (this.follows) this.add(utf8(","));
    this.follows = follows;
    return this.add(text);
  }

  private add(text: usize): JsonWriter {
    this.to.add(Bytes.view(text, sizeOf(text)));
    return this;
  }
}

function hex(byte: u32): Bytes {
  const at = take(2);
  store<u8>(at, <u8>(0x30 | (byte >> 4)));
  store<u8>(at, <u8>((byte & 15) < 10 ? 0x30 | (byte & 15) : 0x57 + (byte & 15)), 1);
  return Bytes.view(at, 2);
}
