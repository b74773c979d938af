import { Bytes } from "../abi/bytes";
import { BufferType, MapType } from "../abi/enums";
import * as buffer from "../stream/buffer";
import { setContentLength } from "./headers";
import { follows, mayChange } from "./lengths";

/**
 * What has arrived of a body and was not let go: in the body handlers what is new together with what was kept back
 * before, elsewhere what is kept back. Where there is nothing it is empty, and a write is refused: false, and a line in
 * the log.
 *
 * A body must not change its length while content-length stands in headers that have gone on: such a write is refused,
 * too. Remove content-length in `onRequest` or `onResponse`, or use `x.wholeRequest()` or `x.rewriteRequest()`, which see to
 * it.
 */
@unmanaged
export class Body {
  /** How many bytes there are. */
  get length(): i32 {
    return buffer.lengthOf(this.kind);
  }

  /** The bytes from `start` on, at most `length` of them, valid until the callback returns. */
  bytes(start: i32 = 0, length: i32 = i32.MAX_VALUE): Bytes {
    return buffer.read(this.kind, start, length);
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
    return this.changes(bytes.length) && buffer.append(this.kind, bytes) && this.settle(bytes.length);
  }

  /** Adds a text in front of what is there. */
  prepend(text: string): bool {
    return this.spliceBytes(0, 0, Bytes.ofText(text));
  }

  prependBytes(bytes: Bytes): bool {
    return this.spliceBytes(0, 0, bytes);
  }

  /** Takes out at most `remove` bytes from `start` on and puts a text there. */
  splice(start: i32, remove: i32, text: string = ""): bool {
    return this.spliceBytes(start, remove, Bytes.ofText(text));
  }

  /** As `splice`. What lies outside the body is not there to be removed; behind its end a text is added. */
  spliceBytes(start: i32, remove: i32, bytes: Bytes): bool {
    const length = this.length;
    const from = min(max(start, 0), length);
    const taken = min(max(remove, 0), length - from);
    const change = bytes.length - taken;
    return this.changes(change) && buffer.write(this.kind, from, taken, bytes) && this.settle(change);
  }

  /** Empties it. */
  clear(): bool {
    return this.spliceBytes(0, i32.MAX_VALUE, Bytes.view(0, 0));
  }

  private get kind(): u32 {
    return <u32>changetype<usize>(this);
  }

  /** Whether the body may become longer or shorter by so many bytes. */
  private changes(by: i32): bool {
    return by == 0 || mayChange(this.kind);
  }

  /** After a write: headers that are held announce the new length, if they announced the old one. */
  private settle(change: i32): bool {
    if (change == 0 || !follows(this.kind)) return true;
    const map: u32 = this.kind == BufferType.RequestBody ? MapType.RequestHeaders : MapType.ResponseHeaders;
    setContentLength(map, this.length);
    return true;
  }
}
