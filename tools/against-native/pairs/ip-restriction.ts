import { BlockList, isIP } from "node:net";
import type { Tree } from "../../envoy/yaml.js";
import type { Random } from "../../parity/random.js";
import type { Line } from "../../traffic/wire/message.js";
import type { Deliberate, Exchange, Pair, Sent, Variant } from "../pair.js";
import { line, mutated, oddCase, sending, trimmed, valuesIn } from "./make.js";

const nativeType = "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC";

interface Lists {
  allow: string[];
  deny: string[];
}

/** Envoy has no filter for just this; its RBAC filter knows networks. */
function variant(name: string, { allow, deny }: Lists, trustedHops: number): Variant {
  const allowed: Tree = allow.length > 0 ? { or_ids: { ids: allow.map(remote) } } : { any: true };
  const denied: Tree[] = deny.length > 0 ? [{ not_id: { or_ids: { ids: deny.map(remote) } } }] : [];
  const principal: Tree = { and_ids: { ids: [allowed, ...denied] } };
  const policy: Tree = { permissions: [{ any: true }], principals: [principal] };
  return {
    name,
    ours: { allow, deny, client_address: { xff_num_trusted_hops: trustedHops } },
    native: { filter: { "@type": nativeType, rules: { action: "ALLOW", policies: { clients: policy } } } },
    ...(trustedHops > 0 ? { trustedHops } : {}),
  };
}

function remote(network: string): Tree {
  const [address_prefix, bits] = network.split("/");
  return { remote_ip: { address_prefix: address_prefix!, prefix_len: Number(bits) } };
}

const mixed: Lists = {
  allow: ["10.0.0.0/8", "192.168.7.0/24", "2001:db8::/32"],
  deny: ["10.9.0.0/16", "192.168.7.66/32", "2001:db8:bad::/48"],
};

const variants = [
  variant("connection allowed", { allow: ["127.0.0.0/8"], deny: ["10.0.0.0/8"] }, 0),
  variant("connection denied", { allow: [], deny: ["127.0.0.1/32"] }, 0),
  variant("one proxy", mixed, 1),
  variant("two proxies", mixed, 2),
  variant("denied behind a proxy", { allow: [], deny: mixed.deny }, 1),
];

const addresses = [
  "10.1.2.3",
  "10.9.1.1",
  "192.168.7.1",
  "192.168.7.66",
  "192.168.8.1",
  "2001:db8::1",
  "2001:DB8:0:0:0:0:0:1",
  "2001:db8:bad::1",
  "2001:db9::1",
  "::ffff:10.1.2.3",
  "127.0.0.1",
  "::1",
  "8.8.8.8",
];
const odd = [
  "unknown",
  "",
  "10.1.2.3:80",
  "[2001:db8::1]:80",
  "[2001:db8::1]",
  "010.1.2.3",
  "10.1.2",
  "2001:db8::1%eth0",
  "_x",
];

function generate(random: Random): Sent {
  const lines: Line[] = random.times(random.pick([0, 1, 1, 1, 1, 2]), () => {
    const entries = random.times(1 + random.below(4), () => entry(random));
    const name = random.chance(0.1) ? oddCase(random, "x-forwarded-for") : "x-forwarded-for";
    return line(name, entries.join(random.pick([",", ", ", " , "])));
  });
  if (random.chance(0.1)) lines.push(line("x-real-ip", "10.1.2.3"));
  if (random.chance(0.1)) lines.push(line("forwarded", "for=10.1.2.3"));
  return sending(random, random.pick(["GET", "POST"]), "/orders", lines);
}

function entry(random: Random): string {
  if (random.chance(0.1)) return random.pick(odd);
  const address = random.pick(addresses);
  return random.chance(0.04) ? mutated(random, address).replace(/[^!-~]|,/g, "") : address;
}

const decision = ["status", "reached", "path"];

/** The entry that the outermost trusted proxy has written. */
function entryOf({ variant: { trustedHops = 0 }, sent }: Exchange): string | undefined {
  const entries = valuesIn(sent, "x-forwarded-for").join(",").split(",").map(trimmed);
  return trustedHops === 0 ? undefined : entries.at(-trustedHops);
}

/** Whether ours has decided as its lists, read anew, decide about an address. */
function followsLists({ variant: { ours: lists }, ours }: Exchange, address: string): boolean {
  const { allow, deny } = lists as Lists;
  const isAllowed = (allow.length === 0 || holds(allow, address)) && !holds(deny, address);
  return isAllowed === (ours.reached === "yes");
}

function holds(networks: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = "", bits] = network.split("/");
    list.addSubnet(base, Number(bits), isIP(base) === 6 ? "ipv6" : "ipv4");
  }
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function isAddress(entry: string): boolean {
  return isIP(entry) !== 0 && !entry.includes("%");
}

const deliberate: Deliberate[] = [
  {
    id: "unknown-address",
    reason:
      "Where `x-forwarded-for` has fewer entries than there are trusted proxies, or something else than an address in the place that counts, ours refuses. Envoy's takes the address of the connection.",
    explains(exchange) {
      const {
        variant: { trustedHops = 0 },
        ours,
        native,
      } = exchange;
      const isStricter = ours.status === "403" && ours.reached === "no" && native.reached === "yes";
      return trustedHops > 0 && isStricter && !isAddress(entryOf(exchange) ?? "") ? decision : [];
    },
  },
  {
    id: "mapped-addresses",
    reason:
      "`::ffff:10.1.2.3` is 10.1.2.3 in ours, in lists of what is allowed and of what is denied. Envoy's takes it for an address of IPv6 that no network of IPv4 holds.",
    safe: "It is that client's address, in the spelling of a connection for both kinds (RFC 4291, section 2.5.5.2).",
    explains(exchange) {
      const address = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(entryOf(exchange) ?? "")?.[1];
      return address !== undefined && followsLists(exchange, address) ? decision : [];
    },
  },
  {
    id: "address-with-port",
    reason:
      "Ours reads an address with a port, as some proxies write it. Envoy's takes it for none, and the connection's address in its place.",
    safe: "It is the address that the trusted proxy has seen.",
    explains(exchange) {
      const entry = entryOf(exchange) ?? "";
      const address =
        /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(entry) ?? /^\[([0-9a-f:.]+)\](?::\d{1,5})?$/i.exec(entry);
      return address !== null && followsLists(exchange, address[1]!) ? decision : [];
    },
  },
];

export const ipRestriction: Pair = {
  filter: "ip-restriction",
  native: "envoy.filters.http.rbac",
  variants,
  upstream: [],
  client: [],
  generate,
  deliberate,
};
