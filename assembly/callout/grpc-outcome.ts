import { Bytes } from "../abi/bytes";
import { Outcome } from "./outcome";

// Envoy puts its response code details behind the message of a gRPC status, in braces, or in place of a message that is
// not there. They tell the callee's own word from Envoy's.

const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;

/** What a gRPC status other than 0 says, with the message that the host has for it. */
export function grpcOutcome(status: u32, message: Bytes): Outcome {
  const details = detailsIn(message);
  if (details.equals("via_upstream")) return Outcome.Answered;
  if (details.equals("response_timeout") || status == DEADLINE_EXCEEDED) return Outcome.TimedOut;
  return details.length > 0 || status == UNAVAILABLE ? Outcome.Failed : Outcome.Answered;
}

/** The message as the callee, or the host in its place, worded it. */
export function withoutDetails(message: Bytes): Bytes {
  const at = detailsAt(message);
  return message.slice(0, at > 0 ? at : isDetails(message) ? 0 : message.length);
}

function detailsIn(message: Bytes): Bytes {
  const at = detailsAt(message);
  if (at > 0) return message.slice(at + 1, message.length - 1);
  return isDetails(message) ? message : message.slice(message.length);
}

/** Details without a message are one word. */
function isDetails(message: Bytes): bool {
  return (
    message.equals("via_upstream") ||
    message.equals("response_timeout") ||
    message.startsWith("upstream_reset_")
  );
}

/** Where the last group in braces begins, if the message ends with one; -1 where it does not. Groups may hold others. */
function detailsAt(message: Bytes): i32 {
  let open = 0;
  for (let at = message.length - 1; at >= 0; --at) {
    const byte = message.at(at);
    if (byte == 0x7d) ++open;
    if (byte == 0x7b && --open == 0) return at;
    if (open == 0) break;
  }
  return -1;
}
