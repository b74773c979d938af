import type { Plugin } from "../../emulator/index.js";
import type { Random } from "../../parity/random.js";
import { chunks } from "../make/headers.js";

/** A TCP connection, step by step: both sides send, end and break off as it comes. */
export function* connectionSteps(random: Random, plugin: Plugin, words: readonly string[]): Generator<void> {
  const connection = plugin.connect({ upstreamDown: random.chance(0.1) });
  const ended = { client: false, upstream: false };
  for (const chunk of [...chunks(random, words), ...chunks(random, words)]) {
    yield;
    if (connection.closedBy !== null) return;
    const side = connection.connected && random.chance(0.5) ? "upstream" : "client";
    if (ended[side]) continue;
    ended[side] = random.chance(0.1);
    if (side === "client") connection.fromClient(chunk, ended.client);
    else connection.fromUpstream(chunk, ended.upstream);
  }
  yield;
  if (connection.closedBy === null) connection.reset(random.pick(["client", "upstream"] as const));
}
