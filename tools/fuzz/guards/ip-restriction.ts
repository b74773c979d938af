import type { Header } from "../../emulator/index.js";
import { addressText, isIn } from "./addresses.js";
import { valuesOf, type Guard, type Seen } from "./guard.js";
import { mutated, request } from "./requests.js";

const allow = ["10.0.0.0/8", "127.0.0.0/8", "::1", "2001:db8::/32"];
const deny = ["10.13.0.0/16", "2001:db8:dead::/48"];

/** The client as the outermost of so many trusted proxies saw it; null where the list is too short. */
function clientOf({ headers, source }: Seen, hops: number): string | null {
  if (hops === 0) return source.split("%")[0]!;
  const list = valuesOf(headers, "x-forwarded-for").flatMap((line) => line.split(","));
  const entry = list.at(-1 - hops)?.trim();
  return entry === undefined ? null : withoutPort(entry);
}

function withoutPort(text: string): string {
  const inBrackets = /^\[([^\]]*)\](:\d{1,5})?$/.exec(text);
  if (inBrackets) return inBrackets[1]!;
  return /^[\d.]+:\d{1,5}$/.test(text) ? text.slice(0, text.indexOf(":")) : text;
}

export const ipRestriction: Guard = (random) => {
  const hops = random.pick([0, 1, 2]);
  return {
    configuration: { allow, deny, client_address: { xff_num_trusted_hops: hops } },
    attempt: (choices) => {
      const list = choices
        .times(choices.below(4), () => addressText(choices))
        .join(choices.pick([",", ", ", " ,"]));
      const lines: Header[] = list === "" ? [] : [["x-forwarded-for", list]];
      const again: Header[] = choices.chance(0.1) ? [["x-forwarded-for", addressText(choices)]] : [];
      const source = choices.pick([
        "10.0.0.1",
        "10.13.0.1",
        "192.0.2.7",
        "::1",
        "2001:db8:dead::1",
        "127.0.0.1",
      ]);
      return { ...mutated(choices, request(choices, "/orders", [...lines, ...again])), source };
    },
    mayPass: (seen) => {
      const client = clientOf(seen, hops);
      return client !== null && isIn(client, allow) === true && isIn(client, deny) === false;
    },
  };
};
