import { Action, ClientAddress, Exchange, HttpFilter, config, register } from "meshscript/assembly";
import { Message, Request, Trial } from "meshscript/assembly/testing";

/** Says whose address counts; `-` where it cannot be told. */
class Teller extends HttpFilter {
  client: ClientAddress = config.group<ClientAddress>("client");

  override onRequest(x: Exchange): Action {
    const address = this.client.of(x);
    return x.reply(200, address === null ? "-" : address.toString());
  }
}

register<Teller>();

function addressWith(hops: i32, list: string): string {
  return addressOf(hops, [list]);
}

function addressOf(hops: i32, lines: string[]): string {
  const request: Message = new Request();
  for (let i = 0; i < lines.length; ++i) request.header("x-forwarded-for", lines[i]);
  return new Trial(`{"client":{"xff_num_trusted_hops":${hops}}}`).send(request).body;
}

function peerSeen(address: string): string {
  const trial = new Trial();
  trial.property("source.address", address);
  return trial.get("/", ["x-forwarded-for", "203.0.113.1"]).body;
}

describe("without proxies in front the client's address", () => {
  test("is the connection's, whatever headers say", () => {
    expect(peerSeen("10.0.0.7")).toBe("10.0.0.7");
    expect(peerSeen("2001:db8::7")).toBe("2001:db8::7");
  });

  test("has no zone", () => {
    expect(peerSeen("fe80::1%2")).toBe("fe80::1");
    expect(peerSeen("fe80::1%eth0")).toBe("fe80::1");
  });

  test("is unknown where the connection is none of IP", () => {
    expect(peerSeen("/tmp/socket")).toBe("-");
    expect(peerSeen("")).toBe("-");
    expect(peerSeen("%")).toBe("-");
  });
});

// The last entry is the connection's own: the proxy has put it there, or the proxy takes it for the connection's.
describe("with trusted proxies in front the client's address", () => {
  test("is as many entries from the end as there are proxies", () => {
    expect(addressWith(1, "10.0.0.1, 10.0.0.2")).toBe("10.0.0.1");
    expect(addressWith(1, "10.0.0.0, 10.0.0.1, 10.0.0.2")).toBe("10.0.0.1");
    expect(addressWith(2, "10.0.0.0, 10.0.0.1, 10.0.0.2")).toBe("10.0.0.0");
    expect(addressWith(64, "::2" + ",::1".repeat(64))).toBe("::2");
  });

  test("is unknown where the list is too short", () => {
    expect(addressWith(1, "10.0.0.2")).toBe("-");
    expect(addressWith(1, "")).toBe("-");
    expect(addressWith(3, "10.0.0.0, 10.0.0.1, 10.0.0.2")).toBe("-");
    expect(addressWith(64, "10.0.0.1, 10.0.0.2")).toBe("-");
    expect(addressOf(1, [])).toBe("-");
  });

  test("may stand between blanks", () => {
    expect(addressWith(1, "  10.0.0.1 \t, 10.0.0.2")).toBe("10.0.0.1");
    expect(addressWith(1, "10.0.0.1,10.0.0.2")).toBe("10.0.0.1");
    expect(addressWith(1, "9.9.9.9,\t10.0.0.1,10.0.0.2")).toBe("10.0.0.1");
    expect(addressWith(1, "10.0.0. 1,10.0.0.2")).toBe("-");
  });

  test("may have a port", () => {
    expect(addressWith(1, "10.0.0.1:80, 10.0.0.2")).toBe("10.0.0.1");
    expect(addressWith(1, "[2001:db8::1]:65535, 10.0.0.2")).toBe("2001:db8::1");
    expect(addressWith(1, "[2001:db8::1], 10.0.0.2")).toBe("2001:db8::1");
    expect(addressWith(1, "2001:db8::1, 10.0.0.2")).toBe("2001:db8::1");
    expect(addressWith(1, "::ffff:10.0.0.1, 10.0.0.2")).toBe("::ffff:10.0.0.1");
  });

  test("is unknown where the entry is something else", () => {
    const wrong = [
      "",
      " ",
      "unknown",
      "_hidden",
      "localhost",
      "10.0.0",
      "10.0.0.1:",
      "10.0.0.1:port",
      "10.0.0.1:123456",
      "10.0.0.1:8:0",
      "10.0.0.1/8",
      "010.0.0.1",
      "[10.0.0.1]",
      "[10.0.0.1]:80",
      "[::1",
      "[::1]80",
      "[::1]:",
      "[]",
      "[",
      "]",
      "::1]",
      "2001:db8::1%eth0",
      "[fe80::1%1]:80",
      "for=10.0.0.1",
      `"10.0.0.1"`,
      "10.0.0.1;10.0.0.3",
      "10.0.0.1 10.0.0.3",
      ":",
      ":80",
    ];
    for (let i = 0; i < wrong.length; ++i)
      expect(addressWith(1, "10.0.0.9, " + wrong[i] + ", 10.0.0.2")).toBe("-", wrong[i]);
  });

  test("counts empty entries", () => {
    expect(addressWith(1, "10.0.0.1,,10.0.0.2")).toBe("-");
    expect(addressWith(2, "10.0.0.1,,10.0.0.2")).toBe("10.0.0.1");
    expect(addressWith(1, "10.0.0.1,")).toBe("10.0.0.1");
    expect(addressWith(1, ",10.0.0.2")).toBe("-");
    expect(addressWith(2, ",,")).toBe("-");
  });

  test("may stand in another line, which the proxy joins", () => {
    expect(addressOf(1, ["10.0.0.1", "10.0.0.2"])).toBe("10.0.0.1");
    expect(addressOf(2, ["10.0.0.0,10.0.0.1", "10.0.0.2"])).toBe("10.0.0.0");
  });
});

describe("how many proxies are trusted", () => {
  test("has its bounds", () => {
    expect(new Trial(`{"client":{"xff_num_trusted_hops":65}}`).problems).toStrictEqual([
      "client.xff_num_trusted_hops: must be at most 64",
    ]);
    expect(new Trial(`{"client":{"xff_num_trusted_hops":-1}}`).problems).toStrictEqual([
      "client.xff_num_trusted_hops: must be at least 0",
    ]);
  });
});
