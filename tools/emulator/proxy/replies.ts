import type { Reply } from "../http/filter.js";
import type { ResetReason } from "./upstream.js";

/** Nothing moved for too long: who had to move is to blame. */
export function idleReply(requestEnded: boolean): Reply {
  return reply(requestEnded ? 504 : 408, "stream timeout", "stream_idle_timeout");
}

export const lateReply: Reply = reply(504, "upstream request timeout", "response_timeout");

export function upstreamFailure(reason: ResetReason): Reply {
  const text = `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`;
  const details = `upstream_reset_before_response_started{${reason}}`;
  return reply(reason === "protocol error" ? 502 : 503, text, details);
}

/** An answer of the host's own. `body` is ASCII. */
export function reply(status: number, body: string, details: string): Reply {
  return { status, body, headers: [], grpcStatus: null, details };
}
