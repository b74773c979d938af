import { FilterChain, type ChainSettings } from "./http/chain.js";
import type { Plugin } from "./plugin.js";
import type { StreamState } from "./stream-state.js";

/** A stream's filters: one for each plugin that takes part in it. */
export function openChain(
  plugins: readonly Plugin[],
  state: StreamState,
  settings: ChainSettings,
): FilterChain {
  const filters = plugins.flatMap((plugin) => plugin.filter(state) ?? []);
  const chain = new FilterChain(
    filters.map(({ context, ended }) => context.endingWith(ended)),
    settings,
    state,
  );
  for (const { context } of filters) context.chain = chain;
  return chain;
}
