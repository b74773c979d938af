import { bytesOfText, type Bytes } from "../bytes.js";
import { linesOf, millisecondsOf, payloadOf } from "../case/values.js";
import { bytesOf } from "../mint/index.js";
import { DEFAULT_ANSWER } from "../wire/message.js";
import type { Line, Response } from "../wire/message.js";
import type { Callee, RawAnswer, RawCallee } from "./types.js";

/** Callees of a document. One that answers with gRPC speaks HTTP/2, all others HTTP/1.1. */
export function calleesOf(raw: Record<string, RawCallee> = {}): Record<string, Callee> {
  return Object.fromEntries(Object.entries(raw).map(([name, one]) => [name, calleeOf(one)]));
}

/** What callees answer during one case. */
export function answersOf(raw: Record<string, RawCallee> = {}): Record<string, Response[]> {
  return Object.fromEntries(Object.entries(raw).map(([name, one]) => [name, calleeOf(one).answers]));
}

function calleeOf(raw: RawCallee): Callee {
  const list = [raw].flat();
  const isGrpc = list.some((one) => typeof one === "object" && one.grpc !== undefined);
  return { protocol: isGrpc ? "http2" : "http1", down: raw === "down", answers: list.map(answerOf) };
}

function answerOf(raw: RawAnswer | "stall" | "down"): Response {
  if (typeof raw === "string") return { ...DEFAULT_ANSWER, stalls: true };
  const delayMs = raw.delay === undefined ? undefined : millisecondsOf(raw.delay);
  return { ...(raw.grpc ? grpcAnswer(raw.grpc) : httpAnswer(raw)), delayMs, breaks: raw.breaks };
}

function httpAnswer(raw: RawAnswer): Response {
  const payload = payloadOf(raw);
  // Without a body there is still one, of no length: else nobody could tell where the answer ends.
  const pieces = payload.pieces.length === 0 ? [""] : payload.pieces;
  return { ...payload, pieces, status: raw.status ?? 200 };
}

function grpcAnswer({
  messages = [],
  status = 0,
  message,
  metadata,
}: NonNullable<RawAnswer["grpc"]>): Response {
  const end: Line[] = [["grpc-status", String(status)]];
  return {
    status: 200,
    lines: [["content-type", "application/grpc"], ...linesOf(metadata)],
    pieces: messages.map((one) => frame(bytesOf(one))),
    chunked: true,
    trailers: message === undefined ? end : [...end, ["grpc-message", bytesOfText(message)]],
  };
}

/** A message as gRPC frames it: not compressed, its size, its bytes. */
function frame(message: Bytes): Bytes {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return head.toString("latin1") + message;
}
