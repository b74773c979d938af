import type { Place } from "./manifest.js";

/** A server as files name it. */
export interface WrittenPlace {
  address?: string;
  port: number;
  protocol?: "http1" | "http2" | "grpc";
}

/** gRPC is HTTP/2 to whoever connects; what is left out is loopback and HTTP/1.1. */
export function placeOf({ address = "127.0.0.1", port, protocol = "http1" }: WrittenPlace): Place {
  return { address, port, protocol: protocol === "grpc" ? "http2" : protocol };
}

/** Servers by the names of their clusters. */
export function placesOf(written: Record<string, WrittenPlace> = {}): Record<string, Place> {
  return Object.fromEntries(Object.entries(written).map(([name, place]) => [name, placeOf(place)]));
}
