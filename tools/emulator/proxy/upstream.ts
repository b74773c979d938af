import type { Header } from "../types.js";
import type { BodyEvents } from "./events.js";

/** The upstream's end of one request. */
export interface UpstreamStream {
  data(bytes: Uint8Array, end: boolean): void;
  trailers(pairs: readonly Header[]): void;
  /** The request is of no interest any more. */
  reset(): void;
  /** Stops and restarts the flow of the response's body. */
  pause(): void;
  resume(): void;
}

export interface ResponseEvents extends BodyEvents {
  headers(pairs: Header[], end: boolean): void;
  /** It came to nothing, or broke off. */
  failed(reason: ResetReason): void;
}

/** As Envoy words it. */
export type ResetReason =
  | "remote connection failure"
  | "connection termination"
  | "protocol error"
  | "remote reset";

/** Where an upstream is unless something else is said. */
export const loopback = "127.0.0.1";

/** In place of a request that cannot be sent: it fails, in its own time. */
export function unsendable(events: ResponseEvents): UpstreamStream {
  const failing = setImmediate(() => events.failed("protocol error"));
  const nothing = () => {};
  return {
    data: nothing,
    trailers: nothing,
    reset: () => clearImmediate(failing),
    pause: nothing,
    resume: nothing,
  };
}

/** Where requests go. */
export interface Upstream {
  open(pairs: readonly Header[], end: boolean, events: ResponseEvents): UpstreamStream;
  close(): void;
}
