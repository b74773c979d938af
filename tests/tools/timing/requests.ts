import { instrument } from "../../../bench/wasm/instrument.js";
import { startGuest } from "../../../bench/guest/run.js";

type Headers = readonly (readonly [name: string, value: string])[];

/** The moment at which the measuring host stands, in seconds since 1970. */
export const moment = 1_700_000_000;
/** Of several times the shortest one counts: now and then the module tidies up, whatever the request. */
const tries = 3;

/** How many instructions a filter executes for a request with these headers. */
export function requestCosts(binary: Uint8Array, configuration: object): (headers: Headers) => number {
  let headers: Headers = [];
  const guest = startGuest(instrument(binary, {}), {
    configuration: JSON.stringify(configuration),
    get headers() {
      return headers;
    },
  });
  const total = (): number => guest.instructions().reduce((sum, count) => sum + count, 0);
  guest.run(3);
  return (one) => {
    headers = one;
    const costs = Array.from({ length: tries }, () => {
      const before = total();
      guest.run(1);
      return total() - before;
    });
    return Math.min(...costs);
  };
}
