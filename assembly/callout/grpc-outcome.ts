import { Outcome } from "./outcome";

// Envoy puts its response code details behind the message of a gRPC status, in braces, or in place of a message that is
// not there. They tell the callee's own word from Envoy's.

const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;

/** What a gRPC status other than 0 says, with the message that the host has for it. */
export function grpcOutcome(status: u32, message: string): Outcome {
  const details = detailsIn(message);
  if (details == "via_upstream") return Outcome.Answered;
  if (details == "response_timeout" || status == DEADLINE_EXCEEDED) return Outcome.TimedOut;
  return details.length > 0 || status == UNAVAILABLE ? Outcome.Failed : Outcome.Answered;
}

/** The message as the callee, or the host in its place, worded it. */
export function withoutDetails(message: string): string {
  const at = detailsAt(message);
  if (at > 0) return message.substring(0, at);
  return isDetails(message) ? "" : message;
}

function detailsIn(message: string): string {
  const at = detailsAt(message);
  if (at > 0) return message.substring(at + 1, message.length - 1);
  return isDetails(message) ? message : "";
}

/** Details without a message are one word. */
function isDetails(message: string): bool {
  return message == "via_upstream" || message == "response_timeout" || message.startsWith("upstream_reset_");
}

/** Where the last group in braces begins, if the message ends with one; -1 where it does not. Groups may hold others. */
function detailsAt(message: string): i32 {
  if (!message.endsWith("}")) return -1;
  let open = 0;
  for (let at = message.length - 1; at >= 0; --at) {
    const unit = message.charCodeAt(at);
    if (unit == 0x7d) ++open;
    if (unit == 0x7b && --open == 0) return at;
  }
  return -1;
}
