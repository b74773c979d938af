import type { Sequence } from "./sequence.js";
import { requestMayBeGivenUp } from "./known.js";
import { parts, type View } from "./view.js";

/** Where two hosts' views of one thing part. */
export interface Difference {
  part: keyof View;
  /** Lines that only one of them has, or that stand elsewhere in it. */
  left: string[];
  right: string[];
}

/** Nothing where the hosts agree. */
export function differencesOf(sequence: Sequence, left: View, right: View): Difference[] {
  const wanted = parts.filter((part) => part !== "upstream" || !skipsUpstream(sequence, left, right));
  return wanted.flatMap((part) => difference(part, left[part], right[part]));
}

function skipsUpstream(sequence: Sequence, left: View, right: View): boolean {
  const oneIsEmpty = left.upstream.length === 0 || right.upstream.length === 0;
  return oneIsEmpty && requestMayBeGivenUp(sequence.programs);
}

/** What is alike at the beginning and at the end is left out. */
function difference(part: keyof View, left: readonly string[], right: readonly string[]): Difference[] {
  const start = alike(left, right);
  if (start === left.length && start === right.length) return [];
  const [mine, theirs] = [left.slice(start), right.slice(start)];
  const end = alike([...mine].reverse(), [...theirs].reverse());
  return [{ part, left: mine.slice(0, mine.length - end), right: theirs.slice(0, theirs.length - end) }];
}

/** How many lines the two begin with in common. */
function alike(left: readonly string[], right: readonly string[]): number {
  const parted = left.findIndex((line, at) => line !== right[at]);
  return parted < 0 ? left.length : parted;
}
