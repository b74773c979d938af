import { Bytes } from "../abi/bytes";

/**
 * Part of a body that is rewritten on its way. Parts come as the network cut them, so what is looked for may lie across
 * two of them: `keep` has the end of this one come again, in front of the next.
 */
@unmanaged
export class Chunk {
  private input: Bytes;
  private output: Bytes | null;
  private kept: i32;
  private isLast: bool;

  /** What has come, with what was kept of the part before in front of it. Valid until the callback returns. */
  get bytes(): Bytes {
    return this.input;
  }

  /** Whether it is the end of the body. It may be empty then, and is the last chance to add something. */
  get last(): bool {
    return this.isLast;
  }

  /** Has a text go on in the place of this part (without what is kept). */
  replace(text: string): void {
    this.output = Bytes.ofText(text);
  }

  /** `replace` for bytes. */
  replaceBytes(bytes: Bytes): void {
    this.output = bytes;
  }

  /**
   * Keeps the last `count` bytes back: they come again in front of the next part. What goes on is `bytes` without them,
   * or what `replace` was given. Keep no more than is needed to decide, for what is kept waits, and what is in front of
   * it with it. Of the last part nothing can be kept.
   */
  keep(count: i32): void {
    this.kept = min(max(count, 0), this.input.length);
  }

  /** Begins a part. For the library's own use. */
  begin(bytes: Bytes, last: bool): void {
    this.input = bytes;
    this.output = null;
    this.kept = 0;
    this.isLast = last;
  }

  /** What goes on. For the library's own use. */
  get result(): Bytes {
    const output = this.output;
    return output === null ? this.input.slice(0, this.input.length - this.carried.length) : output;
  }

  /** What comes again. For the library's own use. */
  get carried(): Bytes {
    return this.input.slice(this.input.length - (this.isLast ? 0 : this.kept));
  }

  /** Whether the part goes on as it came. For the library's own use. */
  get untouched(): bool {
    return this.output === null && this.carried.length == 0;
  }
}
