import { HeaderMap } from "./header-map.js";
import type { Reply } from "./filter.js";

export interface ReplyTarget {
  /** The client speaks gRPC. */
  grpc: boolean;
  head: boolean;
}

/** The message that a local reply becomes: for gRPC its status travels in the headers and the body in grpc-message. */
export function replyMessage(reply: Reply, target: ReplyTarget): { map: HeaderMap; body: string } {
  const map = new HeaderMap("response", [[":status", String(reply.status)]]);
  for (const [name, value] of reply.headers) map.add(name, value);
  return target.grpc ? grpcMessage(map, reply, target) : plainMessage(map, reply, target);
}

function plainMessage(map: HeaderMap, { body }: Reply, { head }: ReplyTarget) {
  if (body === "") {
    map.remove("content-length");
    map.remove("content-type");
  } else {
    map.put("content-length", String(body.length));
    if (map.get("content-type") === undefined) map.put("content-type", "text/plain");
  }
  return { map, body: head ? "" : body };
}

function grpcMessage(map: HeaderMap, reply: Reply, { head }: ReplyTarget) {
  map.put(":status", "200");
  map.put("content-type", "application/grpc");
  if (!map.get("grpc-status")) map.put("grpc-status", String(reply.grpcStatus ?? grpcStatusOf(reply.status)));
  if (reply.body !== "" && !head) map.put("grpc-message", percentEncode(reply.body));
  map.remove("content-length");
  return { map, body: "" };
}

const unknown = 2;
const grpcStatuses: Record<number, number> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};

/** What a gRPC client makes of an HTTP status. */
export function grpcStatusOf(status: number): number {
  return grpcStatuses[status] ?? unknown;
}

function percentEncode(bytes: string): string {
  const hex = (byte: string) => byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
  return bytes.replace(/[^ -~]|%/g, (byte) => `%${hex(byte)}`);
}

/** Whether a request's content type makes its sender a gRPC client. */
export function isGrpc(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/grpc(\+|$)/.test(contentType);
}
