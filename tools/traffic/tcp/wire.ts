import type { Socket } from "node:net";
import { bufferOf, bytesOfBuffer } from "../bytes.js";
import type { Bytes } from "../bytes.js";

/** One end of a connection: notes what arrives, for steps to look at. */
export interface Wire {
  /** What arrived and was not taken by a step. */
  pending(): Bytes;
  take(count: number): void;
  /** The peer sends no more, or the connection broke. */
  ended(): boolean;
  send(bytes: Bytes): void;
  /** Says that nothing more is sent; the other direction stays. */
  close(): void;
  /** Breaks the connection off (RST). */
  reset(): void;
  /** Resolves true once the condition holds, false when the time is over. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>;
  destroy(): void;
}

export function wireOf(socket: Socket): Wire {
  let pending = "";
  let ended = false;
  const waiting = new Set<() => void>();
  const changed = () => waiting.forEach((look) => look());
  const end = () => {
    ended = true;
    changed();
  };
  socket.on("data", (data: Buffer) => {
    pending += bytesOfBuffer(data);
    changed();
  });
  socket.on("end", end);
  socket.on("close", end);
  socket.on("error", () => {});
  return {
    pending: () => pending,
    take: (count) => (pending = pending.slice(count)),
    ended: () => ended,
    send: (bytes) => void socket.write(bufferOf(bytes)),
    close: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    until: (condition, limitMs) => until(condition, limitMs, waiting),
    destroy: () => void socket.destroy(),
  };
}

function until(condition: () => boolean, limitMs: number, waiting: Set<() => void>): Promise<boolean> {
  if (condition()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (held: boolean) => {
      clearTimeout(timer);
      waiting.delete(look);
      resolve(held);
    };
    const look = () => void (condition() && finish(true));
    const timer = setTimeout(() => finish(false), limitMs);
    waiting.add(look);
  });
}
