import { note, type Tree } from "./yaml.js";

/** On loopback unless an address is given. */
export function socketAddress(at: { address?: string; port: number }): Tree {
  return { socket_address: { address: at.address ?? "127.0.0.1", port_value: at.port } };
}

/** `enable_reuse_port` of a listener. */
export function freePort(): Tree {
  return note("A second Envoy on this port fails instead of quietly taking half the traffic.", false);
}

/** Milliseconds as protobuf's JSON writes a duration: `15s`, `0.25s`. */
export function seconds(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

/** Protocol options for either side of Envoy. */
export function http1Options(trailers: boolean): { [key: string]: Tree } {
  if (!trailers) return {};
  return { enable_trailers: note("HTTP/1.1 trailers are dropped otherwise.", true) };
}
