import type { Socket } from "node:net";
import { bytesOfBuffer } from "../bytes.js";
import type { Bytes } from "../bytes.js";

/** The peer sends no more. `clean` when it said so, not when the connection broke. */
export class Ended extends Error {
  constructor(
    message: string,
    readonly clean: boolean,
  ) {
    super(message);
  }
}

/** Takes a connection's bytes bit by bit. Rejects with `Ended` where they run out. */
export interface Reader {
  /** Everything up to and including the mark. `what` names it for the message of a timeout. */
  through(mark: Bytes, what: string): Promise<Bytes>;
  /** As much as has come, at least a byte and at most `limit`. */
  some(limit: number, what: string): Promise<Bytes>;
  /** What has come and nobody took. */
  pending(): Bytes;
  /** What the reader waits for. */
  awaited(): string;
}

export function readerOf(socket: Socket): Reader {
  let buffer = "";
  let ended: Ended | null = null;
  let awaited = "";
  let wake = (): void => {};
  const end = (message: string, clean: boolean): void => {
    ended ??= new Ended(message, clean);
    wake();
  };
  socket.on("data", (data: Buffer) => {
    buffer += bytesOfBuffer(data);
    wake();
  });
  socket.on("end", () => end("the connection was closed", true));
  socket.on("error", (error) => end(`the connection broke: ${error.message}`, false));
  socket.on("close", () => end("the connection was closed", false));

  async function more(what: string): Promise<void> {
    awaited = what;
    if (ended) throw ended;
    await new Promise<void>((resolve) => (wake = resolve));
  }
  function take(count: number): Bytes {
    const taken = buffer.slice(0, count);
    buffer = buffer.slice(count);
    return taken;
  }
  return {
    async through(mark, what) {
      while (!buffer.includes(mark)) await more(what);
      return take(buffer.indexOf(mark) + mark.length);
    },
    async some(limit, what) {
      while (buffer === "") await more(what);
      return take(limit);
    },
    pending: () => buffer,
    awaited: () => awaited,
  };
}
