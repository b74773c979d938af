import { HeaderMap } from "../http/header-map.js";
import type { Header } from "../types.js";

/** What Envoy's router says to a callee beside what the filter does. */
export function routedLines(map: HeaderMap, timeoutMs: number): Header[] {
  if (map.get(":scheme") === undefined) map.put(":scheme", "http");
  map.put("x-envoy-internal", "true");
  if (timeoutMs > 0) map.put("x-envoy-expected-rq-timeout-ms", String(timeoutMs));
  return map.pairs();
}

/** The answer as the router hands it on: where the callee had the whole request, with the time that it took. */
export function answeredLines(pairs: readonly Header[], tookMs: number | null): HeaderMap {
  const map = new HeaderMap("response", pairs);
  if (tookMs !== null) map.put("x-envoy-upstream-service-time", String(Math.round(tookMs)));
  return map;
}
