import { valuesOf, type Line, type SeenRequest, type SeenResponse } from "../traffic/wire/message.js";
import type { Pair, View } from "./pair.js";

/** What is shown for a header that is not there. */
export const none = "none";

/** What client and upstream saw of one request, in the aspects that a pair compares. */
export function viewOf(pair: Pair, response: SeenResponse, request: SeenRequest | undefined): View {
  const view: Record<string, string> = {
    status: response.fault ? `fault: ${response.fault.kind}` : String(response.status),
    reached: request ? "yes" : "no",
    path: request ? request.path : none,
  };
  for (const name of pair.upstream) view[`upstream ${name}`] = shown(request?.lines ?? [], name);
  for (const name of pair.client) view[`client ${name}`] = shown(response.lines, name);
  return view;
}

/** Lines that the proxy may or may not have joined are the same. */
function shown(lines: readonly Line[], name: string): string {
  const values = valuesOf(lines, name);
  return values.length === 0 ? none : values.join(",").replace(/ *, */g, ", ");
}
