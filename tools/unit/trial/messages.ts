import type { Header } from "../../emulator/index.js";
import { toByteString } from "./odd-bytes.js";

/** A request or an answer as a spec put it together; everything in byte strings. */
export interface Message {
  headers: Header[];
  chunks: string[];
  trailers: Header[];
}

/** Adds a header line; a pseudo-header replaces the one that is there. */
export function addHeader({ headers }: Message, name: string, value: string): void {
  const known = name.startsWith(":") ? headers.find((header) => header[0] === name) : undefined;
  if (known) known[1] = value;
  else headers.push([toByteString(name), value]);
}

/** What hands a message on, part by part. */
export interface Receiver {
  headers(lines: readonly Header[], end: boolean): void;
  body(chunk: string, end: boolean): void;
  trailers(lines: readonly Header[]): void;
}

/** Hands over all parts of a message, the last one marked as the end. */
export function play({ headers, chunks, trailers }: Message, to: Receiver): void {
  const more = trailers.length > 0;
  to.headers(headers, chunks.length === 0 && !more);
  chunks.forEach((chunk, i) => to.body(chunk, i === chunks.length - 1 && !more));
  if (more) to.trailers(trailers);
}
