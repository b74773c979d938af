import type { HeaderMap } from "../http/header-map.js";

const hopByHop = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"];

/** The response as the filters see it: what Envoy's router adds to an upstream's. */
export function upstreamResponse(map: HeaderMap, tookMs: number): void {
  map.set("x-envoy-upstream-service-time", String(Math.round(tookMs)));
}

/** The response as it leaves the last filter. */
export function clientResponse(map: HeaderMap, now: Date): void {
  for (const name of hopByHop) map.remove(name);
  if (map.get("date") === undefined) map.set("date", now.toUTCString());
  map.set("server", "envoy");
}
