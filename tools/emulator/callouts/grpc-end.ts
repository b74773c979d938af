import { HeaderMap } from "../http/header-map.js";
import { lateReply, upstreamFailure } from "../proxy/replies.js";
import type { ResetReason } from "../proxy/upstream.js";
import { GrpcStatus } from "./grpc-status.js";

/** How a gRPC exchange ended, in Envoy's words. */
export interface GrpcEnd {
  status: number;
  /** The callee's message with the response code details behind it in braces, or those alone. */
  text: string;
}

const viaUpstream = "via_upstream";
const refused = "{remote_connection_failure|delayed_connect_error:_Connection_refused}";

/** The callee said so itself. */
export function saidEnd(trailers: HeaderMap): GrpcEnd {
  const said = trailers.get("grpc-status");
  const message = trailers.get("grpc-message") ?? "";
  return {
    status: said === undefined ? GrpcStatus.Unknown : statusOf(said),
    text: withDetails(message, viaUpstream),
  };
}

/** What came was no gRPC. */
export function brokenEnd(status: number): GrpcEnd {
  return { status, text: viaUpstream };
}

/** Envoy could not reach the callee, or waited for too long: what it answers itself, as trailers, and the end. */
export function localEnd(reason: ResetReason | "late"): { trailers: HeaderMap; end: GrpcEnd } {
  const { body, details } = reason === "late" ? lateReply : upstreamFailure(reason);
  const status = GrpcStatus.Unavailable;
  const trailers = new HeaderMap("response", [
    [":status", "200"],
    ["content-type", "application/grpc"],
    ["grpc-status", String(status)],
    ["grpc-message", body],
  ]);
  const why = reason === "remote connection failure" ? details.replace(/\{.*/, refused) : details;
  return { trailers, end: { status, text: withDetails(body, why.replaceAll(" ", "_")) } };
}

/** It broke off after the callee had begun to answer. */
export function cutEnd(reason: ResetReason | "late"): GrpcEnd {
  const details = `upstream_reset_after_response_started{${reason.replaceAll(" ", "_")}}`;
  return { status: GrpcStatus.Internal, text: reason === "late" ? lateReply.details : details };
}

function statusOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : GrpcStatus.InvalidCode;
}

function withDetails(message: string, details: string): string {
  return message === "" ? details : `${message}{${details}}`;
}
