import type { ByteBuffer } from "../http/byte-buffer.js";

/** What a filter wants to happen to data, or to a connection that has just come in. */
export type Verdict = "continue" | "stop";

/** Who ended a connection, seen from the proxy: itself (or the upstream, through it), or the client. */
export type Closer = "local" | "remote";

/** A filter on one connection. */
export interface TcpFilter {
  /** The connection is there, the upstream's is not yet. */
  connected(): Verdict;
  /** What the client sent and no filter let go so far; `end`: it sends no more. */
  downstream(data: ByteBuffer, end: boolean): Verdict;
  /** The same of the upstream. */
  upstream(data: ByteBuffer, end: boolean): Verdict;
  /** The last that it hears. */
  closed(by: Closer): void;
}

/** Where a connection's data goes. */
export interface TcpSinks {
  /** All filters let the connection in: the upstream is to be called. */
  connect(): void;
  toUpstream(bytes: Uint8Array, end: boolean): void;
  toClient(bytes: Uint8Array, end: boolean): void;
  /** Both sides end. */
  close(by: Closer): void;
}
