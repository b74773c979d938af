import { Status } from "../abi/enums";
import { hostRefused } from "../abi/line";
import { OUT } from "../abi/out";
import { utf8 } from "../abi/wire";
import { Action } from "../stream/action";
import { Context } from "../stream/context";
import { Sender } from "../stream/sender";
import { Call } from "./call";
import { GrpcStream } from "./grpc-stream";

// Calls and streams that are under way, by their numbers in the host. HTTP calls are numbered by themselves, gRPC calls and
// streams together.

class Flight {
  httpCalls: Map<u32, Call> = new Map();
  grpcCalls: Map<u32, Call> = new Map();
  grpcStreams: Map<u32, GrpcStream> = new Map();

  /** Calls that the host did not take, oldest first: they come to their end when the handler that made them has returned. */
  refused: Call[] = [];
}

/** Made and pinned with the first call. As an address, so that a module that makes none holds nothing of the class. */
let known: usize = 0;

function flight(): Flight {
  if (known == 0) known = __pin(changetype<usize>(new Flight()));
  return changetype<Flight>(known);
}

/** Sends a call for an exchange or a connection, or for the filter itself. */
export function send(call: Call, owner: Context | null, sender: Sender | null): Action {
  call.owner = owner;
  call.sender = sender;
  call.begin();
  const status = call.dispatch();
  if (status != Status.Ok) {
    hostRefused(call.isGrpc ? utf8("proxy_grpc_call") : utf8("proxy_http_call"), status);
    flight().refused.push(call);
  } else {
    (call.isGrpc ? flight().grpcCalls : flight().httpCalls).set(load<u32>(OUT), call);
  }
  return Action.Pause;
}

/** Opens a stream, for an exchange or a connection, or for the filter itself. False: the host refuses it. */
export function open(stream: GrpcStream, owner: Context | null, sender: Sender | null): bool {
  const status = stream.dispatch();
  if (status != Status.Ok) return hostRefused(utf8("proxy_grpc_stream"), status);
  const token = load<u32>(OUT);
  // What the host numbers 0, or like another one, could neither be told apart nor ended.
  if (token == 0 || flight().grpcStreams.has(token))
    return hostRefused(utf8("proxy_grpc_stream"), Status.InternalFailure);
  stream.token = token;
  stream.owner = owner;
  stream.sender = sender;
  flight().grpcStreams.set(stream.token, stream);
  if (owner !== null) join(stream, owner);
  return true;
}

/** The HTTP call that has come to its end; null where the module knows none of this number. */
export function takeHttpCall(token: u32): Call | null {
  return take(flight().httpCalls, token);
}

/** As `takeHttpCall`, for gRPC. */
export function takeGrpcCall(token: u32): Call | null {
  return take(flight().grpcCalls, token);
}

export function streamOf(token: u32): GrpcStream | null {
  const streams = flight().grpcStreams;
  return streams.has(token) ? streams.get(token) : null;
}

/** The next call that the host did not take, null where none is left. */
export function takeRefused(): Call | null {
  return known != 0 && flight().refused.length > 0 ? flight().refused.shift() : null;
}

/** A stream has ended. */
export function landed(stream: GrpcStream): void {
  flight().grpcStreams.delete(stream.token);
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
  prune(flight().httpCalls, sender);
  prune(flight().grpcCalls, sender);
  const streams = flight().grpcStreams.values();
  for (let i = 0; i < streams.length; ++i) if (streams[i].sender === sender) landed(streams[i]);
}

function prune(calls: Map<u32, Call>, sender: Sender): void {
  const tokens = calls.keys();
  for (let i = 0; i < tokens.length; ++i) {
    const call = calls.get(tokens[i]);
    const owner = call.owner;
    if (call.sender === sender || (owner !== null && owner.ended)) calls.delete(tokens[i]);
  }
}

function take(calls: Map<u32, Call>, token: u32): Call | null {
  if (!calls.has(token)) return null;
  const call = calls.get(token);
  calls.delete(token);
  return call;
}

// An owner's streams are a list; the map above keeps them alive.

function join(stream: GrpcStream, owner: Context): void {
  stream.next = owner.streams;
  owner.streams = changetype<usize>(stream);
}

function leave(stream: GrpcStream, owner: Context): void {
  const gone = changetype<usize>(stream);
  if (owner.streams == gone) {
    owner.streams = stream.next;
  } else {
    let before = owner.streams;
    while (before != 0 && changetype<GrpcStream>(before).next != gone)
      before = changetype<GrpcStream>(before).next;
    if (before != 0) changetype<GrpcStream>(before).next = stream.next;
  }
  stream.next = 0;
}
