import { Bytes } from "../abi/bytes";
import { BufferType, MapType, Status } from "../abi/enums";
import { proxy_get_status } from "../abi/env";
import { OUT, outData, outSize } from "../abi/out";
import { Headers } from "../http/headers";
import { statusOf } from "../http/status";
import { openFields } from "../http/maps";
import { percentDecoded } from "../http/percent";
import * as buffer from "../stream/buffer";
import { AnyCall } from "./any-call";
import { Kind } from "./flying";
import { grpcOutcome, withoutDetails } from "./grpc-outcome";
import { Outcome } from "./outcome";

// There is one at a time, so what it says stands here.
let current: usize = 0;
let came: Outcome = Outcome.Refused;
let httpStatus: i32 = 0;
let rpcStatus: i32 = 0;
/** Whether a gRPC status says what came. */
let isClosed: bool = false;
let bodyKind: u32 = BufferType.CallResponseBody;
let bodySize: i32 = 0;

/** The end of a call, in the handler that is told of it: nothing of it can be kept but what is copied. */
@unmanaged
export class CallResponse {
  /** The call that this is about. */
  get call(): AnyCall {
    return changetype<AnyCall>(current);
  }

  get outcome(): Outcome {
    // Only now: a filter that does not ask holds nothing of what the host's words mean.
    return isClosed ? grpcOutcome(rpcStatus, wholeMessage()) : came;
  }

  /** Whether the other side answered, and answered well: an HTTP status from 200 to 299, a gRPC status of 0. */
  get ok(): bool {
    if (came != Outcome.Answered) return false;
    return isGrpc(this.call) ? rpcStatus == 0 : httpStatus >= 200 && httpStatus < 300;
  }

  /** The HTTP status; 0 where there was no answer, and for gRPC. */
  get status(): i32 {
    return httpStatus;
  }

  /** gRPC's status (0: all well); -1 for HTTP calls, and where the call was refused. */
  get grpcStatus(): i32 {
    return rpcStatus;
  }

  /** What the other side, or the host, says about a gRPC status other than 0. */
  get grpcMessage(): string {
    return isGrpc(this.call) ? statusMessage() : "";
  }

  /** The answer's header fields. */
  get headers(): Headers {
    return changetype<Headers>(MapType.CallResponseHeaders);
  }

  /** The answer's trailer fields. */
  get trailers(): Headers {
    return changetype<Headers>(MapType.CallResponseTrailers);
  }

  /** How many bytes its body has, or for gRPC the message. Ask where the other side may send more than you can hold. */
  get bodyLength(): i32 {
    return bodySize;
  }

  /** The answer's body; for gRPC the message. Empty where there is none. */
  get body(): Bytes {
    return bodySize == 0 ? Bytes.view(0, 0) : buffer.read(bodyKind, 0, bodySize);
  }
}

/** An HTTP call has come to its end. Without headers there is no answer, or one that broke off, for lack of time too. */
export function answered(call: AnyCall, headers: u32, size: u32, trailers: u32): CallResponse {
  begin(call, headers == 0 && call.isLate() ? Outcome.TimedOut : Outcome.Failed, headers, trailers);
  if (headers == 0) return shown();
  httpStatus = statusOf(shown().headers);
  bodyKind = BufferType.CallResponseBody;
  bodySize = size;
  came = judged();
  if (came != Outcome.Answered) httpStatus = 0;
  return shown();
}

/** A gRPC call has brought a message. */
export function messaged(call: AnyCall, size: u32): CallResponse {
  begin(call, Outcome.Answered);
  rpcStatus = 0;
  bodyKind = BufferType.GrpcMessage;
  bodySize = size;
  return shown();
}

/** A gRPC call has ended with a status other than 0. */
export function closed(call: AnyCall, status: u32): CallResponse {
  begin(call, Outcome.Answered);
  rpcStatus = status;
  isClosed = true;
  return shown();
}

/** The host did not take the call. */
export function refused(call: AnyCall): CallResponse {
  begin(call, Outcome.Refused);
  return shown();
}

/** The text that belongs to the gRPC status at hand. It travels with percent escapes. */
export function statusMessage(): string {
  return percentDecoded(withoutDetails(wholeMessage())).toString();
}

function wholeMessage(): Bytes {
  store<u64>(OUT, 0);
  const status = proxy_get_status(OUT + 8, OUT, OUT + 4);
  return status == Status.Ok ? Bytes.view(outData(), outSize()) : Bytes.view(0, 0);
}

function begin(call: AnyCall, outcome: Outcome, headers: u32 = 0, trailers: u32 = 0): void {
  openFields(MapType.CallResponseHeaders, headers);
  openFields(MapType.CallResponseTrailers, trailers);
  current = changetype<usize>(call);
  came = outcome;
  httpStatus = 0;
  rpcStatus = -1;
  isClosed = false;
  bodySize = 0;
}

function isGrpc(call: AnyCall): bool {
  return call.kind == Kind.GrpcCall;
}

function shown(): CallResponse {
  return changetype<CallResponse>(1);
}

/** The host answers for a cluster that does not. */
function judged(): Outcome {
  const ownAnswer =
    httpStatus >= 502 && httpStatus <= 504 && !shown().headers.has("x-envoy-upstream-service-time");
  if (!ownAnswer) return Outcome.Answered;
  return httpStatus == 504 ? Outcome.TimedOut : Outcome.Failed;
}
