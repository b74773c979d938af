import { setTimeout as sleep } from "node:timers/promises";
import { bufferOf } from "../bytes.js";
import type { Bytes } from "../bytes.js";

/** Long enough that a peer on the same machine reads the pieces one by one. */
const PAUSE_MS = 10;

/** What takes bytes: a socket or an HTTP/2 stream. */
export interface Sink {
  readonly writable: boolean;
  write(data: Buffer): boolean;
}

/** Writes pieces with pauses between; stops when the sink is gone or `goesOn` says no. */
export async function writePieces(sink: Sink, pieces: readonly Bytes[], goesOn = () => true): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await sleep(PAUSE_MS);
    if (!goesOn() || !sink.writable) return;
    sink.write(bufferOf(piece));
  }
}
