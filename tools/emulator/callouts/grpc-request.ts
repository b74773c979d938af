import { HeaderMap } from "../http/header-map.js";
import type { Header } from "../types.js";
import { routedLines } from "./lines.js";

export interface GrpcRequest {
  /** By which name the other side is addressed. */
  authority: string;
  service: string;
  method: string;
  metadata: Header[];
  /** 0 is for ever; null: a stream, which has no time to keep. */
  timeoutMs: number | null;
}

/** The request's headers as a callee gets them. */
export function grpcLines({ authority, service, method, metadata, timeoutMs }: GrpcRequest): Header[] {
  const map = new HeaderMap("request", [
    [":method", "POST"],
    [":path", `/${service}/${method}`],
    [":authority", authority],
    ["te", "trailers"],
    ...(timeoutMs === null ? [] : [["grpc-timeout", grpcTimeout(timeoutMs)] satisfies Header]),
    ["content-type", "application/grpc"],
    ...metadata,
  ]);
  return routedLines(map, timeoutMs ?? 0);
}

/** gRPC allows eight digits, so what does not fit goes in seconds. */
function grpcTimeout(milliseconds: number): string {
  return milliseconds < 1e8 ? `${milliseconds}m` : `${Math.floor(milliseconds / 1000)}S`;
}
