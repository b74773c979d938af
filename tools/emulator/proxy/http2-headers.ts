import type { OutgoingHttpHeaders } from "node:http2";
import type { Header } from "../types.js";

const forbidden = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
  "host",
]);

/** Headers as node's HTTP/2 wants them: a repeated one as a list. */
export function headersObject(pairs: readonly Header[]): OutgoingHttpHeaders {
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of pairs) {
    if (forbidden.has(name)) continue;
    const present = object[name];
    object[name] = present === undefined ? value : [present, value].flat();
  }
  return object;
}
