import type { Header } from "../../emulator/index.js";
import { apiKey } from "./api-key.js";

/** What is known of a filter that guards something. */
export interface Oracle {
  /** The texts in a configuration that no line of a log may show. */
  secrets(configuration: string): string[];
  /**
   * False where a request certainly lacks what lets it pass. `exactly`: what it carries must be a credential as a whole;
   * else it is enough that one stands somewhere, for a host that cuts texts as it likes.
   */
  mayPass(configuration: string, request: readonly Header[], exactly: boolean): boolean;
}

const oracles: Record<string, Oracle> = { "api-key": apiKey };

/** The oracle of a filter, null for one that guards nothing. */
export function oracleOf(filter: string): Oracle | null {
  return oracles[filter] ?? null;
}
