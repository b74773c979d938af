/** A message as gRPC frames it: a flag that says it is not compressed, its size, the message. */
export function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** Takes gRPC's frames out of what comes in, however it was cut. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The messages that are complete now; null where it is no such framing, or a message is compressed. */
  push(bytes: Uint8Array): Buffer[] | null {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const messages: Buffer[] = [];
    while (this.#rest.length >= 5) {
      if (this.#rest[0] !== 0) return null;
      const end = 5 + this.#rest.readUInt32BE(1);
      if (this.#rest.length < end) break;
      messages.push(this.#rest.subarray(5, end));
      this.#rest = this.#rest.subarray(end);
    }
    return messages;
  }
}
