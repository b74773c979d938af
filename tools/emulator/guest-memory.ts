import { fromBytes } from "./bytes.js";

/** The guest's linear memory as the host sees it. Pointers come as the guest gives them, signed or not. */
export class GuestMemory {
  constructor(private readonly memory: WebAssembly.Memory | undefined) {}

  pages(): number {
    return (this.memory?.buffer.byteLength ?? 0) / 65536;
  }

  /** A copy of the bytes, or null where a part of them lies outside. */
  read(pointer: number, length: number): Uint8Array | null {
    const [start, size] = [pointer >>> 0, length >>> 0];
    return this.holds(start, size) ? new Uint8Array(this.memory!.buffer, start, size).slice() : null;
  }

  readText(pointer: number, length: number): string | null {
    const bytes = this.read(pointer, length);
    return bytes === null ? null : fromBytes(bytes);
  }

  /** False where a part of the target lies outside; nothing is written then. */
  write(pointer: number, bytes: Uint8Array): boolean {
    const start = pointer >>> 0;
    if (!this.holds(start, bytes.length)) return false;
    new Uint8Array(this.memory!.buffer).set(bytes, start);
    return true;
  }

  writeU32(pointer: number, value: number): boolean {
    if (!this.holds(pointer >>> 0, 4)) return false;
    new DataView(this.memory!.buffer).setUint32(pointer >>> 0, value >>> 0, true);
    return true;
  }

  writeU64(pointer: number, value: bigint): boolean {
    if (!this.holds(pointer >>> 0, 8)) return false;
    new DataView(this.memory!.buffer).setBigUint64(pointer >>> 0, BigInt.asUintN(64, value), true);
    return true;
  }

  private holds(start: number, size: number): boolean {
    return this.memory !== undefined && start + size <= this.memory.buffer.byteLength;
  }
}
