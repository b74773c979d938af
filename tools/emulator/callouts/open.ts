import type { Clock } from "../clock.js";
import { unsendable, type ResponseEvents, type Upstream, type UpstreamStream } from "../proxy/upstream.js";
import type { Header } from "../types.js";

const longestTimerMs = 0x7fffffff;

/** Opens a stream to a callee. What cannot be sent fails like any other request, not at once. */
export function openStream(
  callee: Upstream,
  lines: readonly Header[],
  end: boolean,
  events: ResponseEvents,
): UpstreamStream {
  try {
    return callee.open(lines, end, events);
  } catch {
    return unsendable(events);
  }
}

/** Has `late` called after so much time; 0 is for ever. What is returned calls it off. */
export function deadline(clock: Clock, timeoutMs: number, late: () => void): () => void {
  return timeoutMs > 0 && timeoutMs <= longestTimerMs ? clock.after(timeoutMs, late) : () => {};
}
