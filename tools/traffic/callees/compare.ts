import { compareRequest } from "../play/compare.js";
import type { SeenRequest } from "../wire/message.js";
import type { CalledExpectation } from "./types.js";

/** Every mismatch between the calls that a case expects and those that came. */
export function compareCalled(
  expected: Record<string, CalledExpectation>,
  seen: Record<string, readonly SeenRequest[]>,
): string[] {
  return Object.entries(expected).flatMap(([name, calls]) => compareCallee(name, calls, seen[name] ?? []));
}

function compareCallee(name: string, expected: CalledExpectation, seen: readonly SeenRequest[]): string[] {
  const wanted = expected === "none" ? [] : expected;
  if (wanted.length !== seen.length) {
    const shown = seen.map(({ method, path }) => `${method} ${path}`).join(", ") || "none";
    return [`callee ${name}: expected ${wanted.length || "no"} calls, saw ${shown}`];
  }
  return wanted.flatMap((one, at) => compareRequest(`callee ${name}, call ${at + 1}`, one, seen[at]!));
}
