import type { HeaderMap } from "../http/header-map.js";

const hopByHop = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"];

/** The response as the filters see it: what Envoy's router adds to an upstream's that had the whole request. */
export function upstreamResponse(map: HeaderMap, tookMs: number | null): void {
  if (tookMs === null) return;
  map.put("x-envoy-upstream-service-time", String(Math.round(tookMs)));
}

/** The response as it leaves the last filter. */
export function clientResponse(map: HeaderMap, now: Date): void {
  for (const name of hopByHop) map.remove(name);
  if (map.get("date") === undefined) map.put("date", now.toUTCString());
  map.put("server", "envoy");
}
