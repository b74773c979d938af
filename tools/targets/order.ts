import { UserError } from "../errors.js";
import type { Phase } from "../mesh/mesh.js";
import type { BuiltLink } from "./target.js";

/** As a request meets them: what names no phase stands last, next to the router. */
const phases: readonly Phase[] = ["AUTHN", "AUTHZ", "STATS", "UNSPECIFIED_PHASE"];

/**
 * Priorities that keep the order of the chain: the first filter has the highest. Those that a mesh states stay. A UserError
 * where phases or stated priorities would have filters run in another order than the chain's.
 */
export function priorities(links: readonly BuiltLink[]): number[] {
  const chosen: number[] = [];
  for (let at = links.length - 1; at >= 0; --at)
    chosen[at] = links[at]!.priority ?? (chosen[at + 1] ?? 0) + 10;
  links.forEach((link, at) => {
    const next = links[at + 1];
    if (next && !isBefore(link, chosen[at]!, next, chosen[at + 1]!)) throw reordered(link, next);
  });
  return chosen;
}

function isBefore(one: BuiltLink, priority: number, other: BuiltLink, otherPriority: number): boolean {
  const distance = phases.indexOf(other.phase) - phases.indexOf(one.phase);
  return distance > 0 || (distance === 0 && priority > otherPriority);
}

function reordered(one: BuiltLink, other: BuiltLink): UserError {
  const place = ({ phase, priority }: BuiltLink) =>
    `phase ${phase}${priority === null ? "" : `, priority ${priority}`}`;
  return new UserError(
    `${one.name} (${place(one)}) stands before ${other.name} (${place(other)}) in the chain, and would not run before it`,
    `Phases run in the order ${phases.join(", ")}; within one the higher priority comes first.`,
  );
}
