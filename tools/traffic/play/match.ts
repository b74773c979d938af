import { bytesOfText, show, textOf } from "../bytes.js";
import type { Bytes } from "../bytes.js";
import type { Match } from "../case/types.js";

export function matches(match: Match, bytes: Bytes): boolean {
  switch (match.kind) {
    case "equals":
      return bytes === match.bytes;
    case "contains":
      return bytes.includes(match.bytes);
    case "matches":
      return match.pattern.test(textOf(bytes) ?? bytes);
  }
}

/** A match as messages show it. */
export function showMatch(match: Match): string {
  switch (match.kind) {
    case "equals":
      return show(match.bytes);
    case "contains":
      return `a text with ${show(match.bytes)}`;
    case "matches":
      return `a match of /${match.pattern.source}/`;
  }
}

export function equalTo(text: string): Match {
  return { kind: "equals", bytes: bytesOfText(text) };
}

export function showList(items: readonly string[]): string {
  if (items.length === 0) return "none";
  return items.length === 1 ? items[0]! : `[${items.join(", ")}]`;
}
