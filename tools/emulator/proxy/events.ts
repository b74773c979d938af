import type { Readable } from "node:stream";
import type { Header } from "../types.js";

/** A message's body and end as they come in. */
export interface BodyEvents {
  /** `end`: the last of it, and no trailers follow. */
  data(bytes: Uint8Array, end: boolean): void;
  trailers(pairs: Header[]): void;
}

/** HTTP/1.1: Envoy learns of the end after the last bytes, so an empty piece carries it. */
export function listenHttp1(stream: Readable, trailers: () => Header[], events: BodyEvents): void {
  stream.on("data", (bytes: Uint8Array) => events.data(bytes, false));
  stream.on("end", () => finish(trailers(), new Uint8Array(), events));
}

/** HTTP/2: the end comes with the last frame, so a piece is held back until it is clear whether it was the last. */
export function listenHttp2(stream: Readable, trailers: () => Header[], events: BodyEvents): void {
  let held: Uint8Array | null = null;
  const flush = () => {
    const bytes = held;
    held = null;
    if (bytes) events.data(bytes, false);
  };
  stream.on("data", (bytes: Uint8Array) => {
    flush();
    held = bytes;
    setImmediate(() => stream.readableEnded || setImmediate(flush));
  });
  stream.on("end", () => {
    const bytes = held ?? new Uint8Array();
    held = null;
    finish(trailers(), bytes, events);
  });
}

function finish(trailers: Header[], rest: Uint8Array, events: BodyEvents): void {
  if (trailers.length === 0) return events.data(rest, true);
  if (rest.length > 0) events.data(rest, false);
  events.trailers(trailers);
}
