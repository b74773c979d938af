import { fromBytes } from "../bytes.js";
import { Status } from "../abi/values.js";

/** Body bytes on their way through the filters. */
export class ByteBuffer {
  #bytes: Uint8Array;

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  slice(start: number, length: number): Uint8Array {
    return this.#bytes.subarray(start, start + length);
  }

  text(): string {
    return fromBytes(this.#bytes);
  }

  /** Empties the buffer and hands its bytes over. */
  take(): Uint8Array {
    const all = this.#bytes;
    this.#bytes = new Uint8Array();
    return all;
  }

  append(bytes: Uint8Array): void {
    this.#bytes = this.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
  }

  /** What Envoy makes of `set_buffer_bytes`: replaces at the front, or appends; never in the middle. */
  splice(start: number, length: number, bytes: Uint8Array): number {
    if (start === 0) this.#bytes = Buffer.concat([bytes, this.#bytes.subarray(length)]);
    else if (start >= this.length) this.append(bytes);
    else return Status.BadArgument;
    return Status.Ok;
  }
}
