import { BlockList, isIP } from "node:net";
import type { Random } from "../../parity/random.js";

const addresses = [
  ...["10.0.0.1", "10.13.0.1", "10.13.255.255", "10.14.0.0", "11.0.0.1", "127.0.0.1", "192.0.2.7", "0.0.0.0"],
  ...["255.255.255.255", "::1", "2001:db8::1", "2001:db8:dead::1", "::ffff:10.13.0.1", "::ffff:10.1.2.3"],
  ...[
    "::ffff:0a0d:1",
    "2001:DB8::2",
    "fe80::1%eth0",
    "10.013.0.1",
    "10.0.0.1.",
    "0x0a.0.0.1",
    "167772161",
    "10.1",
  ],
  ...["", "unknown", "::10.13.0.1", "64:ff9b::a0d:1", "10.13.0.1 ", "[::1]"],
];

/** What may stand where an address should. */
export function addressText(random: Random): string {
  return random.pick(addresses);
}

/** As Envoy shows the address of a connection. */
export function withPort(address: string): string {
  return address.includes(":") ? `[${address}]:4711` : `${address}:4711`;
}

/** Whether an address is in one of the networks; null where it is no address. */
export function isIn(address: string, networks: readonly string[]): boolean | null {
  const plain = /^::ffff:(?=\d+\.)/i.test(address) ? address.slice(7) : address;
  const family = isIP(plain);
  if (family === 0) return null;
  const list = new BlockList();
  for (const network of networks) {
    const [base, bits] = network.split("/") as [string, string?];
    list.addSubnet(base, Number(bits ?? (isIP(base) === 4 ? 32 : 128)), isIP(base) === 4 ? "ipv4" : "ipv6");
  }
  return list.check(plain, family === 4 ? "ipv4" : "ipv6");
}
