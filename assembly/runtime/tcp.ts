import { begin } from "../abi/arena";
import { StreamType } from "../abi/enums";
import { proxy_close_stream } from "../abi/env";
import { Action } from "../stream/action";
import { CALLS } from "../stream/needs";
import * as turn from "../stream/turn";
import { Connection } from "../tcp/connection";
import { TcpBase } from "../tcp/filter";
import { Peer } from "../tcp/peer";
import * as callouts from "./callouts";
import { contextOf, filterOf } from "./lookup";

// The callbacks of a TCP connection.

/** The filter whose turn it is. */
let filter: TcpBase = changetype<TcpBase>(0);

/** `proxy_on_new_connection` */
export function newConnection(id: u32): Action {
  const c = begun(id);
  return c === null ? refuse() : hold(c, filter.handleNewConnection(c));
}

/** `proxy_on_downstream_data` */
export function downstreamData(id: u32, size: u32, end: bool): Action {
  const c = begun(id);
  return c === null ? refuse() : hold(c, filter.handleDownstreamData(c, end));
}

/** `proxy_on_upstream_data` */
export function upstreamData(id: u32, size: u32, end: bool): Action {
  const c = begun(id);
  return c === null ? refuse() : settled(c, filter.handleUpstreamData(c, end));
}

/** `proxy_on_downstream_connection_close` */
export function downstreamClosed(id: u32, peer: u32): void {
  const c = begun(id);
  if (c === null) return;
  c.held = 0;
  filter.handleDownstreamClose(c, <Peer>peer);
}

/** `proxy_on_upstream_connection_close` */
export function upstreamClosed(id: u32, peer: u32): void {
  const c = begun(id);
  if (c !== null) filter.handleUpstreamClose(c, <Peer>peer);
}

/** Begins a callback: finds the filter and the connection, null where nobody answers for it. */
function begun(id: u32): Connection | null {
  begin();
  turn.begin(id);
  const found = filterOf(id);
  if (found === null) return null;
  filter = changetype<TcpBase>(found);
  return changetype<Connection | null>(contextOf(id, found));
}

/** Remembers what waits, for `resume`. */
function hold(c: Connection, action: Action): Action {
  action = settled(c, action);
  c.held = action == Action.Pause ? 1 << StreamType.Downstream : 0;
  return action;
}

/** Calls that the host did not take come to their end before it is clear what becomes of the connection. */
function settled(c: Connection, action: Action): Action {
  return CALLS ? callouts.settle(c.contextId, action) : action;
}

/** A connection that no filter is answerable for does not pass. */
function refuse(): Action {
  proxy_close_stream(StreamType.Downstream);
  return Action.Pause;
}
