import type { Reply } from "../http/filter.js";
import type { ResetReason } from "./upstream.js";

/** Envoy's response flags, as filters and access logs see them. */
export const flags = {
  upstreamTimeout: 1n << 2n,
  "remote reset": 1n << 4n,
  "remote connection failure": 1n << 5n,
  "connection termination": 1n << 6n,
  noRoute: 1n << 8n,
  clientGone: 1n << 14n,
  idleTimeout: 1n << 16n,
  "protocol error": 1n << 23n,
};

/** Nothing moved for too long: who had to move is to blame. */
export function idleReply(requestEnded: boolean): Reply {
  return reply(requestEnded ? 504 : 408, "stream timeout", "stream_idle_timeout", flags.idleTimeout);
}

export const lateReply: Reply = reply(
  504,
  "upstream request timeout",
  "response_timeout",
  flags.upstreamTimeout,
);

export function upstreamFailure(reason: ResetReason): Reply {
  const text = `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`;
  const details = `upstream_reset_before_response_started{${reason}}`;
  return reply(reason === "protocol error" ? 502 : 503, text, details, flags[reason]);
}

/** An answer of the host's own. `body` is ASCII. */
export function reply(status: number, body: string, details: string, flag = 0n): Reply {
  return { status, body, headers: [], grpcStatus: null, details, flag };
}
