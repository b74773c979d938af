import { ProblemError } from "../finding.js";

/** The guest's memory as a host that trusts nothing sees it: what lies outside is the guest's mistake. */
export class Memory {
  exports: WebAssembly.Exports = {};

  get #buffer(): ArrayBuffer {
    return (this.exports.memory as WebAssembly.Memory).buffer;
  }

  pages(): number {
    return this.#buffer.byteLength / 65536;
  }

  /** A byte string. `what` is for the message. */
  text(pointer: number, size: number, what: string): string {
    this.#check(pointer >>> 0, size >>> 0, what);
    return Buffer.from(this.#buffer, pointer >>> 0, size >>> 0).toString("latin1");
  }

  number(pointer: number, value: number, what: string): void {
    this.#check(pointer >>> 0, 4, what);
    new DataView(this.#buffer).setUint32(pointer >>> 0, value >>> 0, true);
  }

  wide(pointer: number, value: bigint, what: string): void {
    this.#check(pointer >>> 0, 8, what);
    new DataView(this.#buffer).setBigUint64(pointer >>> 0, BigInt.asUintN(64, value), true);
  }

  /** Has the guest make room and puts the bytes there. Returns where. */
  place(bytes: Uint8Array, what: string): number {
    const pointer = this.allocate(bytes.length);
    if (pointer === 0)
      throw new ProblemError("abi", `${what}: the allocator gave no room for ${bytes.length} bytes`);
    this.#check(pointer, bytes.length, `${what}, the allocator's answer`);
    new Uint8Array(this.#buffer).set(bytes, pointer);
    return pointer;
  }

  allocate(size: number): number {
    const allocator = this.exports.proxy_on_memory_allocate ?? this.exports.malloc;
    return (allocator as (size: number) => number)(size) >>> 0;
  }

  #check(pointer: number, size: number, what: string): void {
    if (pointer + size <= this.#buffer.byteLength) return;
    throw new ProblemError("abi", `${what}: ${size} bytes at ${pointer} lie outside the module's memory`);
  }
}
