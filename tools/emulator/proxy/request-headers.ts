import { randomUUID } from "node:crypto";
import { networkInterfaces } from "node:os";
import { HeaderMap } from "../http/header-map.js";
import type { Header } from "../types.js";
import { nominated, type Arrival } from "./edge.js";
import { normalisePath } from "./path.js";

/** Of this hop only, or Envoy's own and not to be believed from a client. */
const removed = new Set(
  `connection keep-alive proxy-connection transfer-encoding upgrade te x-forwarded-client-cert
  x-envoy-decorator-operation x-envoy-downstream-service-cluster x-envoy-downstream-service-node
  x-envoy-expected-rq-timeout-ms x-envoy-force-trace x-envoy-hedge-on-per-try-timeout x-envoy-internal x-envoy-ip-tags
  x-envoy-max-retries x-envoy-original-host x-envoy-original-path x-envoy-original-url x-envoy-retriable-header-names
  x-envoy-retriable-status-codes x-envoy-retry-grpc-on x-envoy-retry-on x-envoy-upstream-alt-stat-name
  x-envoy-upstream-rq-per-try-timeout-ms x-envoy-upstream-rq-timeout-alt-response x-envoy-upstream-rq-timeout-ms
  x-envoy-upstream-stream-duration-ms`.split(/\s+/),
);
/** How long an upstream may take to answer a whole request. */
export const routeTimeoutMs = 15_000;

/** The request as the first filter sees it: what Envoy takes away and adds where clients are not trusted. */
export function filterRequest(arrival: Arrival, clientAddress: string): HeaderMap {
  const map = new HeaderMap("request", pseudoHeaders(arrival));
  const hop = new Set(nominated(arrival.headers).filter((name) => name !== "te"));
  for (const [name, value] of arrival.headers) {
    if (name === "te" && /\btrailers\b/i.test(value)) map.set("te", "trailers");
    else if (!removed.has(name) && !hop.has(name)) map.add(name, value);
  }
  mergeCookies(map, arrival);
  map.add("x-forwarded-for", ownAddress());
  dropReferer(map);
  map.put("x-forwarded-proto", "http");
  map.put("x-envoy-external-address", clientAddress);
  map.put("x-request-id", randomUUID());
  return map;
}

/** Instructions to the router, which keeps them to itself. */
const forRouter = `x-envoy-retry-on x-envoy-retry-grpc-on x-envoy-max-retries x-envoy-retriable-status-codes
  x-envoy-retriable-header-names x-envoy-hedge-on-per-try-timeout x-envoy-upstream-alt-stat-name
  x-envoy-upstream-rq-timeout-ms x-envoy-upstream-rq-per-try-timeout-ms`.split(/\s+/);

/** The request as it leaves the last filter: what Envoy's router adds. */
export function routedRequest(map: HeaderMap): void {
  for (const name of forRouter) map.remove(name);
  map.put("x-envoy-expected-rq-timeout-ms", String(routeTimeoutMs));
}

function pseudoHeaders({ method, target, authority, scheme, pseudo }: Arrival): Header[] {
  const path = normalisePath(target)!;
  const values: Record<string, string> = { ":authority": authority!, ":path": path, ":method": method };
  return pseudo.map((name) => [name, values[name] ?? scheme]);
}

/** HTTP/2 may split a cookie header into several; they are one again before filters see them. */
function mergeCookies(map: HeaderMap, { protocol }: Arrival): void {
  const cookies = map.getAll("cookie");
  if (protocol !== "HTTP/2" || cookies.length === 0) return;
  map.remove("cookie");
  map.add("cookie", cookies.join("; "));
}

/** Envoy lets through one referer without fragment and user: a URL, or a path. */
function dropReferer(map: HeaderMap): void {
  const values = map.getAll("referer");
  const good = values.length === 1 && (absoluteReferer.test(values[0]!) || relativeReferer.test(values[0]!));
  if (!good) map.remove("referer");
}

const absoluteReferer = /^[a-z]+:\/\/[\w.[\]:%~!$&'()*+,;=-]+([/?][\x21\x22\x24-\x7e\x80-\xff]*)?$/i;
const relativeReferer = /^(?![^/]*:)[\w.~!$&'()*+,;=:@/?%-]*$/;

/** What Envoy appends to x-forwarded-for for a client on the same machine. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((one) => one.family === "IPv4" && !one.internal)?.address ?? "127.0.0.1";
}
