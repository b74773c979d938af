import type { TrafficCase } from "../case/types.js";
import { whyNotSeen, whyNotSent } from "../wire/http2-lines.js";
import { valuesOf } from "../wire/message.js";
import type { Protocol, Request } from "../wire/message.js";
import type { Stage } from "./stage.js";

/** Why a case cannot be played on this host with this protocol; null when it can. */
export function whyNotPlayed(
  one: TrafficCase,
  protocol: Protocol,
  { host, document }: Pick<Stage, "host" | "document">,
): string | null {
  return (
    one.cannot[host.name] ??
    (protocol === "http2" ? (whyNotRequested(one.send) ?? whyNotSeen(one.respond)) : null) ??
    (document.upstreamProtocol === "http2" ? (whyNotSent(one.respond) ?? whyNotSeen(one.send)) : null)
  );
}

function whyNotRequested(request: Request): string | null {
  if (request.method === "CONNECT") return "the HTTP/2 client cannot send CONNECT";
  if (valuesOf(request.lines, "host").length > 1)
    return "HTTP/2 has one authority: host is there more than once";
  return whyNotSent(request);
}
