import { BufferType } from "../abi/values.js";
import type { GuestBuffer } from "../context.js";
import { ByteBuffer } from "../http/byte-buffer.js";
import type { HeaderMap } from "../http/header-map.js";

/** What a guest can read of a call while it is told of it. Its maps are never written. */
export interface Shown {
  /** By map type. */
  maps?: Partial<Record<number, HeaderMap>>;
  /** Of an answer to an HTTP call. */
  body?: Uint8Array;
  /** Of gRPC. */
  message?: Uint8Array;
  /** What `proxy_get_status` says. */
  status?: number;
  statusText?: string;
}

/** Envoy has an empty gRPC message where there is none. */
export function bufferOf({ body, message }: Shown, type: number): GuestBuffer | null {
  if (type === BufferType.CallResponseBody) return body ? { readable: body } : null;
  if (type !== BufferType.GrpcMessage) return null;
  return message ? { writable: new ByteBuffer(message) } : { readable: new Uint8Array() };
}
