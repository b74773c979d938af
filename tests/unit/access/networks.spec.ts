import { Action, Exchange, HttpFilter, Networks, config, register } from "meshscript/assembly";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { Trial } from "meshscript/assembly/testing";

/** Says whether the address that stands in a header is in one of its networks. */
class Holder extends HttpFilter {
  networks: Networks = config.networks("networks");

  override onRequest(x: Exchange): Action {
    const address = x.request.headers.get("address")!;
    return x.reply(200, this.networks.hold(Bytes.ofText(address)) ? "in" : "out");
  }
}

register<Holder>();

function isIn(networks: string, address: string): bool {
  return new Trial(`{"networks":[${networks}]}`).get("/", ["address", address]).body == "in";
}

function holds(network: string, address: string): bool {
  return isIn(`"${network}"`, address);
}

describe("a network", () => {
  test("holds the addresses that begin as it does", () => {
    expect(holds("10.0.0.0/8", "10.255.0.1")).toBe(true);
    expect(holds("10.0.0.0/8", "11.0.0.0")).toBe(false);
    expect(holds("10.1.2.3/8", "10.9.9.9")).toBe(true, "bits behind the prefix do not count");
    expect(holds("192.168.1.7", "192.168.1.7")).toBe(true);
    expect(holds("192.168.1.7", "192.168.1.6")).toBe(false);
    expect(holds("192.168.1.6/31", "192.168.1.7")).toBe(true);
    expect(holds("192.168.1.6/31", "192.168.1.5")).toBe(false);
    expect(holds("0.0.0.0/0", "8.8.8.8")).toBe(true);
    expect(holds("128.0.0.0/1", "127.255.255.255")).toBe(false);
    expect(holds("2001:db8::/32", "2001:db8:ffff::1")).toBe(true);
    expect(holds("2001:db8::/32", "2001:db9::")).toBe(false);
    expect(holds("2001:db8::/64", "2001:db8:0:1::")).toBe(false);
    expect(holds("2001:db8::/65", "2001:db8::8000:0:0:1")).toBe(false);
    expect(holds("2001:db8::/65", "2001:db8::7fff:0:0:1")).toBe(true);
    expect(holds("2001:db8::1", "2001:DB8:0::0:1")).toBe(true);
    expect(holds("2001:db8::1/128", "2001:db8::2")).toBe(false);
    expect(holds("::/0", "2001:db8::1")).toBe(true);
  });

  test("of one kind holds no address of the other", () => {
    expect(holds("::/0", "10.0.0.1")).toBe(false);
    expect(holds("0.0.0.0/0", "::1")).toBe(false);
    expect(holds("::/0", "::ffff:10.0.0.1")).toBe(false);
    expect(holds("::ffff:0:0/95", "10.0.0.1")).toBe(false);
    expect(holds("10.0.0.0/8", "::ffff:10.0.0.1")).toBe(true);
    expect(holds("::ffff:10.0.0.0/104", "10.0.0.1")).toBe(true);
    expect(holds("10.0.0.0/8", "::10.0.0.1")).toBe(false);
  });

  test("is one of several", () => {
    const several = `"10.0.0.0/8","2001:db8::/32","192.168.0.1"`;
    expect(isIn(several, "10.0.0.1")).toBe(true);
    expect(isIn(several, "2001:db8::1")).toBe(true);
    expect(isIn(several, "192.168.0.1")).toBe(true);
    expect(isIn(several, "192.168.0.2")).toBe(false);
    expect(isIn("", "192.168.0.2")).toBe(false);
  });

  test("holds nothing that is no address", () => {
    expect(holds("0.0.0.0/0", "unknown")).toBe(false);
    expect(holds("0.0.0.0/0", "")).toBe(false);
    expect(holds("0.0.0.0/0", "10.0.0.1:80")).toBe(false);
  });

  test("is nothing else", () => {
    const wrong = [
      "",
      "/8",
      "10.0.0.0/",
      "10.0.0.0/33",
      "10.0.0.0/08",
      "10.0.0.0/-1",
      "::/129",
      "::/1x",
      "10.0.0/8",
      "10.0.0.0/8/8",
      "*",
    ];
    for (let i = 0; i < wrong.length; ++i) {
      const problems = new Trial(`{"networks":["10.0.0.0/8","${wrong[i]}"]}`).problems;
      expect(problems).toStrictEqual(
        ["networks[1]: is neither a network (10.0.0.0/8) nor an address"],
        wrong[i],
      );
    }
  });
});
