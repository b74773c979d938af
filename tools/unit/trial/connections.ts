import type { Connection } from "../../emulator/index.js";
import type { GuestText } from "./guest-text.js";
import { fromByteString, toByteString } from "./odd-bytes.js";
import type { PluginTrial } from "./plugin-trial.js";

type Functions = Record<string, (...args: never[]) => number | boolean | void>;

/** Sides of a connection, as the spec's side numbers them. */
const SIDES = ["client", "upstream"] as const;
/** Who closed a connection, likewise. */
const PEERS = { local: 1, remote: 2 } as const;

/** What `assembly/testing/harness.ts` declares of TCP connections. */
export function connectionFunctions(trials: readonly PluginTrial[], text: GuestText): Functions {
  const all: Connection[] = [];
  const flowOf = (connection: number, side: number) =>
    side === 0 ? all[connection]!.toClient : all[connection]!.toUpstream;
  return {
    connection_open: (trial: number) => all.push(trials[trial]!.connect()) - 1,
    connection_send(connection: number, side: number, data: number, end: number) {
      const bytes = toByteString(text.read(data));
      if (side === 0) all[connection]!.fromClient(bytes, end !== 0);
      else all[connection]!.fromUpstream(bytes, end !== 0);
    },
    connection_break: (connection: number, side: number) => all[connection]!.reset(SIDES[side]!),
    connection_data: (connection: number, side: number) =>
      text.leave(fromByteString(flowOf(connection, side).data)),
    connection_ended: (connection: number, side: number) => flowOf(connection, side).ended,
    connection_connected: (connection: number) => all[connection]!.connected,
    connection_held: (connection: number, side: number) => all[connection]!.outcome(SIDES[side]) === "paused",
    connection_closed_by: (connection: number) => PEERS[all[connection]!.closedBy!] ?? 0,
  };
}
