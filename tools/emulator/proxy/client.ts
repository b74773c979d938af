import type { Header } from "../types.js";
import type { Arrival } from "./edge.js";
import type { BodyEvents } from "./events.js";

/** A client's end of one request: how its answer is written. */
export interface ClientStream {
  readonly arrival: Arrival;
  /** Where the client is. */
  readonly peer: { address: string; port: number };
  readonly local: { address: string; port: number };
  readonly connectionId: number;
  /** The connection goes with this answer. */
  readonly closing: boolean;
  headers(pairs: readonly Header[], end: boolean): void;
  data(bytes: Uint8Array, end: boolean): void;
  trailers(pairs: readonly Header[]): void;
  reset(): void;
  /** Stops and restarts the flow of the request's body. */
  pause(): void;
  resume(): void;
}

/** What a client's connection tells about a request. */
export interface RequestEvents extends BodyEvents {
  /** The connection has no more to do with the request. */
  closed(): void;
}

/** Takes a request on; `ended`: it consists of headers only. */
export type Accept = (client: ClientStream, ended: boolean) => RequestEvents;

/** A flat list of names and values as node hands them over, names in lower case. */
export function pairsOf(flat: readonly string[]): Header[] {
  const count = flat.length / 2;
  return Array.from({ length: count }, (_, index) => [flat[2 * index]!.toLowerCase(), flat[2 * index + 1]!]);
}
