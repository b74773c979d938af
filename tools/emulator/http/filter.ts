import type { ByteBuffer } from "./byte-buffer.js";
import type { HeaderMap } from "./header-map.js";

/** What a filter wants to happen after it saw headers; the two `stop-all` hold body and trailers back as well. */
export type HeadersVerdict = "continue" | "stop" | "stop-all-buffer" | "stop-all-watermark";
/** `no-buffer` drops the data. */
export type DataVerdict = "continue" | "buffer" | "watermark" | "no-buffer";
export type TrailersVerdict = "continue" | "stop";

/** A filter's side for one direction. */
export interface FilterHalf {
  headers(map: HeaderMap, end: boolean): HeadersVerdict;
  data(chunk: ByteBuffer, end: boolean): DataVerdict;
  trailers(map: HeaderMap): TrailersVerdict;
}

export interface HttpFilter {
  readonly request: FilterHalf;
  readonly response: FilterHalf;
  /** The stream is over: each filter is told, then each is let go. */
  log(): void;
  destroy(): void;
}

/** Where a direction ends: the upstream or the client. */
export interface Sink {
  headers(map: HeaderMap, end: boolean): void;
  /** Takes the bytes out of the buffer, or keeps a reference to none of them. */
  data(chunk: ByteBuffer, end: boolean): void;
  trailers(map: HeaderMap): void;
  /** The stream was cut. */
  reset(): void;
}

/** A reply in place of the upstream's. */
export interface Reply {
  status: number;
  body: string;
  headers: readonly (readonly [string, string])[];
  /** Null: derived from the status where a gRPC client waits. */
  grpcStatus: number | null;
  details: string;
  /** Envoy's response flag, where the host itself replies: a bit. */
  flag?: bigint;
}
