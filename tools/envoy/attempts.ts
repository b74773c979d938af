import { attemptedCall } from "../traffic/attempts.js";
import type { LogLine } from "./log.js";
import type { Plugin } from "./plugin.js";

/** A plugin as far as it matters who tried. */
export type Suspect = Pick<Plugin, "name" | "withheld">;

/**
 * A line of Envoy's that tells of a call which was not allowed, with the filter's name; undefined for other lines. Envoy
 * does not say whose call it was: it can only be a filter that has the function among its imports and not on its list.
 */
export function attemptIn({ component, text }: LogLine, chain: readonly Suspect[]): string | undefined {
  const name = component === "wasm" ? attemptedCall(text) : undefined;
  if (name === undefined) return undefined;
  const suspects = new Set(chain.filter(({ withheld }) => withheld.includes(name)).map((one) => one.name));
  return suspects.size === 0 ? text : `${[...suspects].join(" or ")}: ${text}`;
}
