import type { HeaderMap } from "../http/header-map.js";
import { grpcStatusOf } from "../http/local-reply.js";
import type { StreamState } from "../stream-state.js";
import type { VisibleMaps } from "./stream.js";
import { fields, textMap, Time, type Property, type PropertyTree } from "./tree.js";

export function messageParts(state: StreamState, maps: VisibleMaps): Record<string, () => Property> {
  return { request: () => request(state, maps), response: () => response(state, maps) };
}

function request(state: StreamState, { request: map, logging }: VisibleMaps): PropertyTree {
  const header = (name: string) => () => map?.get(name);
  const path = () => map?.get(":path");
  return fields({
    path,
    url_path: () => path()?.split("?", 1)[0],
    query: () => path() && queryOf(path()!),
    host: header(":authority"),
    scheme: header(":scheme"),
    method: header(":method"),
    id: header("x-request-id"),
    referer: header("referer"),
    useragent: header("user-agent"),
    headers: () => requestHeaders(map),
    time: () => new Time("timestamp", state.startedAt),
    protocol: () => state.info.protocol,
    size: () => contentLength(map) ?? BigInt(state.bytesReceived),
    total_size: () => BigInt(state.bytesReceived + (map?.byteSize() ?? 0)),
    duration: () => (logging ? new Time("duration", state.now() - state.startedAt) : undefined),
  });
}

function response(state: StreamState, maps: VisibleMaps): PropertyTree {
  const { response: map, responseTrailers: trailers } = maps;
  const known = state.responseCode !== null;
  return fields({
    code: () => (known ? BigInt(state.responseCode!) : undefined),
    code_details: () => state.codeDetails ?? undefined,
    grpc_status: () => (known ? grpcStatus(state.responseCode!, map, trailers) : undefined),
    flags: () => state.flags,
    size: () => BigInt(state.bytesSent),
    total_size: () => BigInt(state.bytesSent + (map?.byteSize() ?? 0) + (trailers?.byteSize() ?? 0)),
    headers: () => textMap(map?.pairs() ?? []),
    trailers: () => textMap(trailers?.pairs() ?? []),
    backend_latency: () =>
      state.backendLatency === null ? undefined : new Time("duration", state.backendLatency),
  });
}

/** Host is another name of :authority. */
function requestHeaders(map: HeaderMap | null): PropertyTree {
  const all = textMap(map?.pairs() ?? []);
  return { ...all, get: (name) => all.get(name.toLowerCase() === "host" ? ":authority" : name) };
}

function queryOf(path: string): string {
  const mark = path.indexOf("?");
  return mark < 0 ? "" : path.slice(mark + 1).split("#", 1)[0]!;
}

function contentLength(map: HeaderMap | null): bigint | undefined {
  const text = map?.get("content-length");
  return text !== undefined && /^\d+$/.test(text) ? BigInt(text) : undefined;
}

/** Where the message has none, the one that the HTTP status stands for. */
function grpcStatus(code: number, map: HeaderMap | null, trailers: HeaderMap | null): bigint {
  const text = trailers?.get("grpc-status") ?? map?.get("grpc-status");
  if (text === undefined) return BigInt(grpcStatusOf(code));
  return /^\d{1,9}$/.test(text) ? BigInt(text) : -1n;
}
