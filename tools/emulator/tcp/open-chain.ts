import type { Plugin } from "../plugin.js";
import type { StreamState } from "../stream-state.js";
import type { Surroundings } from "../vm.js";
import { TcpChain } from "./chain.js";
import { ConnectionContext } from "./context.js";
import type { TcpSinks } from "./filter.js";

/** A connection's filters: one for each plugin that takes part in it. */
export function openTcpChain(
  plugins: readonly Plugin[],
  { loop }: Surroundings,
  state: StreamState,
  sinks: TcpSinks,
): TcpChain {
  const places = plugins.flatMap((plugin) => plugin.takePart() ?? []);
  const contexts = places.map(({ root, config, ended }) => new ConnectionContext(root, config, state, ended));
  const chain = new TcpChain(contexts, sinks, loop);
  for (const context of contexts) context.chain = chain;
  return chain;
}
