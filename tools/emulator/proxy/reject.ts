import { HeaderMap } from "../http/header-map.js";
import type { Rejection } from "./edge.js";
import { clientResponse } from "./response-headers.js";

/** The answer to a request that goes no further. */
export function rejectionMap({ status, malformed, keep }: Rejection, protocol: string): HeaderMap {
  const map = new HeaderMap("response", [[":status", String(status)]]);
  if (malformed !== undefined) {
    map.add("content-length", String(malformed.length));
    map.add("content-type", "text/plain");
  }
  clientResponse(map, new Date());
  if (protocol === "HTTP/1.1" && !keep) map.add("connection", "close");
  return map;
}
