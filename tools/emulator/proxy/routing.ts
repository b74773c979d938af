import type { HeaderMap } from "../http/header-map.js";
import type { Reply } from "../http/filter.js";
import { flags, reply } from "./replies.js";

/** Why Envoy's router sends a request no further after filters changed it; null: it goes on. */
export function unroutable(map: HeaderMap): Reply | null {
  if (!map.get("x-forwarded-proto") || !map.get(":path"))
    return reply(404, "", "route_not_found", flags.noRoute);
  if (!map.get(":method")) return missing(":method");
  const named = map.pairs().filter(([name]) => !name.startsWith(":"));
  const badName = named.find(([name]) => !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name));
  if (badName) return invalid(`invalid header name: ${badName[0]}`);
  const badValue = named.find(([, value]) => /[^\t\x20-\x7e\x80-\xff]/.test(value));
  return badValue ? invalid(`invalid header value for: ${badValue[0]}`) : null;
}

function missing(name: string): Reply {
  return invalid(`missing required header: ${name}`);
}

function invalid(body: string): Reply {
  return reply(503, body, "filter_removed_required_request_headers");
}
