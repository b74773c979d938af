import { Status } from "../abi/enums";
import { hostRefused } from "../abi/line";
import { OUT } from "../abi/out";
import { utf8 } from "../abi/wire";
import { Action } from "../stream/action";
import { Context } from "../stream/context";
import { STREAMS } from "../stream/needs";
import { Sender } from "../stream/sender";
import { AnyCall } from "./any-call";
import { Flying, Kind } from "./flying";
import { GrpcStream } from "./grpc-stream";

// What is under way, by its number in the host: lists that begin at a few places in memory, chosen by the number. Each
// call and stream is pinned while it stands in a list.

const PLACES: u32 = 64;
const LISTS = memory.data(256, 4);

/** Calls that the host did not take, oldest first: they come to their end when the handler that made them has returned. */
let refused: usize = 0;

/** Sends a call for an exchange or a connection, or for the filter itself. */
export function send(call: AnyCall, owner: Context | null, sender: Sender | null): Action {
  call.owner = owner;
  call.sender = sender;
  call.begin();
  const status = call.dispatch();
  if (status == Status.Ok) {
    depart(call);
  } else {
    hostRefused(call.kind == Kind.GrpcCall ? utf8("proxy_grpc_call") : utf8("proxy_http_call"), status);
    refuse(__pin(changetype<usize>(call)));
  }
  return Action.Pause;
}

/** Opens a stream, for an exchange or a connection, or for the filter itself. False: the host refuses it. */
export function open(stream: GrpcStream, owner: Context | null, sender: Sender | null): bool {
  const status = stream.dispatch();
  if (status != Status.Ok) return hostRefused(utf8("proxy_grpc_stream"), status);
  const token = load<u32>(OUT);
  // What the host numbers 0, or like another one, could neither be told apart nor ended.
  if (token == 0 || placeOf(token, Kind.GrpcStream) != 0)
    return hostRefused(utf8("proxy_grpc_stream"), Status.InternalFailure);
  stream.owner = owner;
  stream.sender = sender;
  depart(stream);
  if (owner !== null) join(stream, owner);
  return true;
}

/** The call that has come to its end; null where the module knows none of this number and kind. */
export function takeCall(token: u32, kind: Kind): AnyCall | null {
  const place = placeOf(token, kind);
  return place == 0 ? null : changetype<AnyCall>(take(place));
}

export function streamOf(token: u32): GrpcStream | null {
  const place = STREAMS ? placeOf(token, Kind.GrpcStream) : 0;
  return place == 0 ? null : changetype<GrpcStream>(load<usize>(place));
}

/** The next call that the host did not take, null where none is left. */
export function takeRefused(): AnyCall | null {
  const call = refused;
  if (call == 0) return null;
  refused = changetype<Flying>(call).next;
  __unpin(call);
  return changetype<AnyCall>(call);
}

/** A stream has ended. */
export function landed(stream: GrpcStream): void {
  const place = placeOf(stream.token, Kind.GrpcStream);
  if (place != 0) take(place);
  stream.token = 0;
  const owner = stream.owner;
  if (owner !== null) leave(stream, owner);
}

/** An exchange or a connection has ended: its streams are of no use to anybody. */
export function cancelAll(owner: Context): void {
  while (owner.streams != 0) changetype<GrpcStream>(owner.streams).cancel();
}

/** A filter has ended, and the host with it what it waited for. */
export function forget(sender: Sender): void {
  for (let i: u32 = 0; i < PLACES; ++i) {
    let place = listOf(i);
    while (load<usize>(place) != 0) {
      const flying = changetype<Flying>(load<usize>(place));
      if (!concerns(flying, sender)) place = changetype<usize>(flying) + offsetof<Flying>("next");
      else if (STREAMS && flying.kind == Kind.GrpcStream) landed(changetype<GrpcStream>(flying));
      else take(place);
    }
  }
}

function concerns(flying: Flying, sender: Sender): bool {
  const owner = flying.owner;
  return flying.sender === sender || (owner !== null && owner.ended);
}

function listOf(number: u32): usize {
  return LISTS + ((<usize>(number % PLACES)) << 2);
}

/** Puts what the host has taken into its list. */
function depart(flying: Flying): void {
  const token = load<u32>(OUT);
  // The host's numbers are multiples of four.
  const list = listOf(token >> 2);
  flying.token = token;
  flying.next = load<usize>(list);
  store<usize>(list, __pin(changetype<usize>(flying)));
}

/** Where the address of the one with this number stands, 0 where there is none. */
function placeOf(token: u32, kind: Kind): usize {
  let place = listOf(token >> 2);
  while (load<usize>(place) != 0) {
    const flying = changetype<Flying>(load<usize>(place));
    if (flying.token == token && flying.kind == kind) return place;
    place = changetype<usize>(flying) + offsetof<Flying>("next");
  }
  return 0;
}

/** Takes the one whose address stands here out of its list. */
function take(place: usize): Flying {
  const flying = changetype<Flying>(load<usize>(place));
  store<usize>(place, flying.next);
  flying.next = 0;
  __unpin(changetype<usize>(flying));
  return flying;
}

function refuse(call: usize): void {
  changetype<Flying>(call).next = 0;
  if (refused == 0) {
    refused = call;
    return;
  }
  let last = changetype<Flying>(refused);
  while (last.next != 0) last = changetype<Flying>(last.next);
  last.next = call;
}

// An owner's streams are a list of their own; the ones above keep them alive.

function join(stream: GrpcStream, owner: Context): void {
  stream.sibling = owner.streams;
  owner.streams = changetype<usize>(stream);
}

function leave(stream: GrpcStream, owner: Context): void {
  const gone = changetype<usize>(stream);
  if (owner.streams == gone) {
    owner.streams = stream.sibling;
  } else {
    let before = owner.streams;
    while (before != 0 && changetype<GrpcStream>(before).sibling != gone)
      before = changetype<GrpcStream>(before).sibling;
    if (before != 0) changetype<GrpcStream>(before).sibling = stream.sibling;
  }
  stream.sibling = 0;
}
