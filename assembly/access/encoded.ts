import { take } from "../abi/arena";
import { nameOf, sizeOf, utf8 } from "../abi/wire";

/** A text that is sent or looked for with each request, encoded once. */
export class Encoded {
  /** The bytes, with their size in front. */
  private bytes: StaticArray<u8>;

  constructor(at: usize) {
    const size = at == 0 ? 0 : sizeOf(at);
    this.bytes = new StaticArray<u8>(size + 4);
    store<u32>(changetype<usize>(this.bytes), size);
    memory.copy(changetype<usize>(this.bytes) + 4, at, size);
  }

  /** The name of a header, in lower case. One that no header can have is empty. */
  static name(name: string): Encoded {
    return new Encoded(nameOf(name));
  }

  static text(text: string): Encoded {
    return new Encoded(utf8(text));
  }

  get size(): i32 {
    return load<i32>(changetype<usize>(this.bytes));
  }

  /** Address of the encoded text, 0 where it is empty. */
  get at(): usize {
    return this.size == 0 ? 0 : changetype<usize>(this.bytes) + 4;
  }
}

/** Bytes as the encoded text that they are, valid until the callback returns. */
export function encodedCopy(from: usize, size: usize): usize {
  const at = take(size + 8) + 8;
  store<u32>(at - 4, <u32>size);
  memory.copy(at, from, size);
  return at;
}
