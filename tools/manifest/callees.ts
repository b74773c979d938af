import { isDeepStrictEqual } from "node:util";
import { UserError } from "../errors.js";
import type { Manifest, Place } from "./manifest.js";

/**
 * The clusters that a chain's filters call. A UserError where two filters mean different places by one name: a proxy
 * knows each name once.
 */
export function calleesOf(chain: readonly Manifest[]): Record<string, Place> {
  const found = new Map<string, { place: Place; of: string }>();
  for (const { name: filter, callees } of chain) {
    for (const [name, place] of Object.entries(callees)) {
      const known = found.get(name);
      if (known && !isDeepStrictEqual(known.place, place)) throw conflict(name, known.of, filter);
      found.set(name, { place, of: filter });
    }
  }
  return Object.fromEntries([...found].map(([name, { place }]) => [name, place]));
}

function conflict(cluster: string, one: string, other: string): UserError {
  return new UserError(
    `callees: ${one} and ${other} mean different servers by ${cluster}`,
    "Give one of the clusters another name.",
  );
}
