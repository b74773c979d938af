import { begin } from "../abi/arena";
import { collectIfDue } from "../abi/collect";
import { MapType } from "../abi/enums";
import { AnyCall } from "../callout/any-call";
import * as flight from "../callout/flight";
import { Kind } from "../callout/flying";
import { GrpcStream } from "../callout/grpc-stream";
import * as response from "../callout/response";
import { CallResponse } from "../callout/response";
import { FilterBase } from "../filter/base";
import { Headers } from "../http/headers";
import { openFields, openNone } from "../http/maps";
import * as buffer from "../stream/buffer";
import { Bytes } from "../abi/bytes";
import { BufferType } from "../abi/enums";
import { Action } from "../stream/action";
import * as turn from "../stream/turn";
import { filterOf } from "./lookup";

// What comes back from calls. The host says so to the plugin, so the exchange that waits has to be made the one that host
// calls are about. What belongs to one that has ended is dropped. Whose call it is comes first: of a stream to a cluster
// without members the host tells while it is still being opened, and the callback that opens it must not lose its memory.

/** `proxy_on_http_call_response` */
export function httpCallResponse(root: u32, token: u32, headers: u32, bodySize: u32, trailers: u32): void {
  // Before anything is held that no list holds.
  collectIfDue();
  const call = flight.takeCall(token, Kind.HttpCall);
  if (call === null) return;
  beginOwn(root);
  if (!reach(call)) return;
  hand(call, response.answered(call, headers, bodySize, trailers));
}

/** `proxy_on_grpc_receive_initial_metadata` */
export function grpcInitialMetadata(root: u32, token: u32, count: u32): void {
  const stream = beginStream(root, token);
  if (stream === null) return;
  openFields(MapType.GrpcInitialMetadata, count);
  stream.onInitialMetadata(changetype<Headers>(MapType.GrpcInitialMetadata));
  finish();
}

/** `proxy_on_grpc_receive` */
export function grpcMessage(root: u32, token: u32, size: u32): void {
  const call = flight.takeCall(token, Kind.GrpcCall);
  if (call !== null) {
    beginOwn(root);
    if (reach(call)) hand(call, response.messaged(call, size));
    return;
  }
  const stream = beginStream(root, token);
  if (stream === null) return;
  stream.onMessage(size == 0 ? Bytes.view(0, 0) : buffer.read(BufferType.GrpcMessage, 0, size));
  finish();
}

/** `proxy_on_grpc_receive_trailing_metadata` */
export function grpcTrailingMetadata(root: u32, token: u32, count: u32): void {
  const stream = beginStream(root, token);
  if (stream === null) return;
  openFields(MapType.GrpcTrailingMetadata, count);
  stream.onTrailingMetadata(changetype<Headers>(MapType.GrpcTrailingMetadata));
  finish();
}

/** `proxy_on_grpc_close` */
export function grpcClosed(root: u32, token: u32, status: u32): void {
  const call = flight.takeCall(token, Kind.GrpcCall);
  if (call !== null) {
    beginOwn(root);
    if (reach(call)) hand(call, response.closed(call, status));
    return;
  }
  const stream = beginStream(root, token);
  if (stream === null) return;
  const message = response.statusMessage();
  flight.landed(stream);
  stream.onClose(status, message);
  finish();
}

/**
 * Calls that the host did not take come to their end once the handler that made them has returned. Answers what becomes
 * of the exchange whose handler it was: what `action` says, unless the end of such a call says that it goes on.
 */
export function settle(id: u32, action: Action): Action {
  for (let call = flight.takeRefused(); call !== null; call = flight.takeRefused()) {
    const owner = call.owner;
    if (owner === null || owner.contextId != id) {
      if (reach(call)) hand(call, response.refused(call));
      continue;
    }
    const said = told(call, response.refused(call));
    if (action == Action.Pause && !turn.replied) action = said;
  }
  return action;
}

/** After a callback of a plugin's own. */
export function finish(): void {
  settle(0, Action.Continue);
}

function beginOwn(root: u32): void {
  begin();
  turn.begin(root);
  openNone();
}

function beginStream(root: u32, token: u32): GrpcStream | null {
  const stream = flight.streamOf(token);
  if (stream === null) return null;
  beginOwn(root);
  const owner = stream.owner;
  return owner === null || owner.enter() ? stream : null;
}

/** Whether somebody still waits for the call; then host calls are about it. */
function reach(call: AnyCall): bool {
  const owner = call.owner;
  return owner === null || owner.enter();
}

/** Tells of the end of a call, and lets go on what waited for it if that is the answer. */
function hand(call: AnyCall, end: CallResponse): void {
  const action = told(call, end);
  const owner = call.owner;
  if (owner !== null && action == Action.Continue && !turn.replied) owner.resume();
  finish();
}

function told(call: AnyCall, end: CallResponse): Action {
  const owner = call.owner;
  if (owner !== null) {
    const filter = filterOf(owner.contextId);
    return filter === null ? Action.Pause : filter.handleCallResponse(owner, end);
  }
  const sender = call.sender;
  if (sender !== null) changetype<FilterBase>(sender).onFetched(end);
  return Action.Continue;
}
