import { show, type Bytes } from "../traffic/bytes.js";
import type { Line, Seen, SeenResponse } from "../traffic/wire/message.js";
import type { Arrival } from "../traffic/wire/upstream.js";
import { evened, isComparable, keptRequests } from "./known.js";

/** What came of a sequence on one host, as lines that must be equal on the other. */
export interface View {
  client: string[];
  upstream: string[];
  log: string[];
  metrics: string[];
}

export const parts = ["client", "upstream", "log", "metrics"] as const satisfies (keyof View)[];

export function clientLines(seen: SeenResponse): string[] {
  return [`status ${seen.status}`, ...messageLines(seen)].map(evened);
}

export function upstreamLines({ requests, faults }: Arrival): string[] {
  const lines = keptRequests(requests).flatMap((one) => [
    `${one.method} ${show(one.path)}`,
    ...messageLines(one),
  ]);
  return [...lines, ...faults.map((fault) => `fault ${fault}`)].map(evened);
}

/** Header lines by name: only lines of one name have an order that means something. */
function messageLines(seen: Seen): string[] {
  return [
    ...sorted(seen.lines).map(([name, value]) => `${name}: ${show(value)}`),
    ...(seen.body === "" || !isComparable(seen) ? [] : [`body ${seen.body.length} ${shortened(seen.body)}`]),
    ...sorted(seen.trailers).map(([name, value]) => `trailer ${name}: ${show(value)}`),
    ...(seen.fault ? [`fault ${seen.fault.kind}`] : []),
    ...(seen.complete ? [] : ["incomplete"]),
  ];
}

function sorted(lines: readonly Line[]): Line[] {
  const lower = lines.map(([name, value]): Line => [name.toLowerCase(), value]);
  return lower.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
}

function shortened(body: Bytes): string {
  if (body.length <= 100) return show(body);
  let hash = 2166136261;
  for (let at = 0; at < body.length; at++) hash = Math.imul(hash ^ body.charCodeAt(at), 16777619);
  return `#${(hash >>> 0).toString(16)}`;
}
