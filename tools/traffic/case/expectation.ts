import type { RawCase, RawExpectation, RawLogs, RawMatch, RawUpstream } from "./raw.js";
import type { LogExpectation, Match, MessageExpectation, TrafficCase, UpstreamExpectation } from "./types.js";
import { expectedHeaders, matchOf } from "./values.js";

export function expectationOf(raw: RawExpectation): MessageExpectation {
  return {
    headers: expectedHeaders(raw.headers),
    without: raw.without ?? [],
    body: raw.body === undefined ? null : matchOf(raw.body),
    trailers: expectedHeaders(raw.trailers),
    cut: raw.cut ?? false,
  };
}

export function upstreamOf(raw: RawUpstream | "none" | undefined): TrafficCase["upstream"] {
  if (raw === undefined) return null;
  return raw === "none" ? "none" : requestExpectation(raw);
}

function requestExpectation(raw: RawUpstream): UpstreamExpectation {
  return {
    ...expectationOf(raw),
    method: raw.method ?? null,
    path: raw.path === undefined ? null : matchOf(raw.path),
  };
}

export function calledOf(raw: RawCase["called"] = {}): TrafficCase["called"] {
  const calls = (list: RawUpstream[] | "none") => (list === "none" ? list : list.map(requestExpectation));
  return Object.fromEntries(Object.entries(raw).map(([name, list]) => [name, calls(list)]));
}

export function logsOf(raw: RawLogs = []): LogExpectation {
  const items = Array.isArray(raw) ? raw : [raw];
  return {
    has: items.flatMap((item) => (isWithout(item) ? [] : [lineMatch(matchOf(item))])),
    without: items.flatMap((item) => (isWithout(item) ? item.without : [])),
  };
}

function isWithout(item: RawMatch | { without: string[] }): item is { without: string[] } {
  return typeof item === "object" && "without" in item;
}

/** A log line begins with what the host puts there, so a text need only be found in it. */
function lineMatch(match: Match): Match {
  return match.kind === "equals" ? { kind: "contains", bytes: match.bytes } : match;
}
