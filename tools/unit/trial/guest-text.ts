/** The texts of a spec's memory: read where the guest points, and left for it to fetch. */
export class GuestText {
  #answer = "";

  constructor(private readonly memory: () => WebAssembly.Memory) {}

  /** A text that the guest passes as `string`: UTF-16, its size in bytes before it. */
  read(pointer: number): string {
    const at = pointer >>> 0;
    const size = new DataView(this.memory().buffer).getUint32(at - 4, true);
    return Buffer.from(this.memory().buffer, at, size).toString("utf16le");
  }

  /** Bytes as a byte string. */
  readBytes(pointer: number, size: number): string {
    return Buffer.from(this.memory().buffer, pointer >>> 0, size).toString("latin1");
  }

  /** Leaves a text, or null, and returns what tells the guest its length. */
  leave(text: string | null | undefined): number {
    this.#answer = text ?? "";
    return text === null || text === undefined ? -1 : text.length;
  }

  /** Writes the text that was left. */
  copy(pointer: number): void {
    Buffer.from(this.memory().buffer).write(this.#answer, pointer >>> 0, "utf16le");
  }
}
