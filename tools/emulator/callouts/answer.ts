import { toBytes } from "../bytes.js";
import { HeaderMap } from "../http/header-map.js";
import { lateReply, upstreamFailure } from "../proxy/replies.js";
import type { ResetReason } from "../proxy/upstream.js";
import type { Header } from "../types.js";

/** All of a callee's answer. */
export interface Answer {
  headers: HeaderMap;
  body: Uint8Array;
  trailers: HeaderMap | null;
}

/** What Envoy answers in place of a callee that it cannot reach, or that breaks off before it answers. */
export function failedAnswer(reason: ResetReason): Answer {
  return localAnswer(upstreamFailure(reason));
}

/** What Envoy answers in place of a callee that takes too long. */
export function lateAnswer(): Answer {
  return localAnswer(lateReply);
}

function localAnswer({ status, body }: { status: number; body: string }): Answer {
  const headers: Header[] = [
    [":status", String(status)],
    ["content-length", String(body.length)],
    ["content-type", "text/plain"],
  ];
  return { headers: new HeaderMap("response", headers), body: toBytes(body), trailers: null };
}
