import type { Line } from "../traffic/wire/message.js";

/** One difference between the headers that went into the proxy and those that came out. */
export interface Change {
  kind: "added" | "removed" | "changed";
  name: string;
  /** As on the wire; empty for what was removed: it may be a secret. */
  value: string;
}

/** What any proxy adds, takes away or renews by itself. */
const ofTheProxy =
  /^(host|connection|transfer-encoding|content-length|date|server|x-request-id|x-forwarded-.*|x-envoy-.*)$/;

/** What filters did to a message's headers; what the proxy does by itself is left out. */
export function changesBetween(before: readonly Line[], after: readonly Line[]): Change[] {
  const names = new Set([...before, ...after].map(([name]) => name.toLowerCase()));
  const own = [...names].filter((name) => !ofTheProxy.test(name) && !name.startsWith(":"));
  return own.flatMap((name) => changesOf(name, valuesOf(before, name), valuesOf(after, name)));
}

function changesOf(name: string, before: string[], after: string[]): Change[] {
  if (before.join("\n") === after.join("\n")) return [];
  if (after.length === 0) return [{ kind: "removed", name, value: "" }];
  const isLonger = before.every((value, at) => after[at] === value);
  const kind = isLonger ? "added" : "changed";
  return after.slice(isLonger ? before.length : 0).map((value) => ({ kind, name, value }));
}

function valuesOf(lines: readonly Line[], name: string): string[] {
  return lines.filter((line) => line[0].toLowerCase() === name).map((line) => line[1]);
}
