import { Action } from "../stream/action";

// The callbacks of a TCP connection.

/** `proxy_on_new_connection` */
export function newConnection(id: u32): Action {
  return Action.Continue;
}

/** `proxy_on_downstream_data` */
export function downstreamData(id: u32, size: u32, end: bool): Action {
  return Action.Continue;
}

/** `proxy_on_upstream_data` */
export function upstreamData(id: u32, size: u32, end: bool): Action {
  return Action.Continue;
}

/** `proxy_on_downstream_connection_close` */
export function downstreamClosed(id: u32, peer: u32): void {}

/** `proxy_on_upstream_connection_close` */
export function upstreamClosed(id: u32, peer: u32): void {}
