import { startGuest, type GuestSetup } from "../guest/run.js";
import { instrument } from "../wasm/instrument.js";

/** Enough for the collector to have seen all that is open. */
const WARM_UP_ROUNDS = 2;

/** Wasm instructions of one request while so many other streams are open. */
export function instructionsPerRequest(
  binary: Uint8Array,
  setup: GuestSetup,
  open: number,
  requests: number,
): number {
  const guest = startGuest(instrument(binary, {}), setup);
  guest.open(open);
  guest.run(WARM_UP_ROUNDS * Math.max(open, requests));
  const before = total(guest.instructions());
  guest.run(requests);
  return (total(guest.instructions()) - before) / requests;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
