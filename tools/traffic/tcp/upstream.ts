import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { wireOf } from "./wire.js";
import type { Wire } from "./wire.js";

/** A server that accepts connections and leaves what happens on them to a case's steps. */
export interface TcpUpstream {
  readonly port: number;
  /** The next connection in the order in which they come; null where none comes in time. */
  next(limitMs: number): Promise<Wire | null>;
  /** How many connections came that nobody took. */
  untaken(): number;
  /** Drops all connections, taken or not. */
  clear(): void;
  stop(): Promise<void>;
}

export async function startTcpUpstream(): Promise<TcpUpstream> {
  const all: Wire[] = [];
  const untaken: Wire[] = [];
  const waiting: ((wire: Wire) => void)[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const wire = wireOf(socket);
    all.push(wire);
    const taker = waiting.shift();
    if (taker) taker(wire);
    else untaken.push(wire);
  });
  const clear = () => {
    for (const wire of all.splice(0)) wire.destroy();
    untaken.length = 0;
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    next: (limitMs) => (untaken.length > 0 ? Promise.resolve(untaken.shift()!) : arrival(waiting, limitMs)),
    untaken: () => untaken.length,
    clear,
    stop: async () => {
      clear();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function arrival(waiting: ((wire: Wire) => void)[], limitMs: number): Promise<Wire | null> {
  return new Promise((resolve) => {
    const taker = (wire: Wire) => {
      clearTimeout(timer);
      resolve(wire);
    };
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(taker), 1);
      resolve(null);
    }, limitMs);
    waiting.push(taker);
  });
}
