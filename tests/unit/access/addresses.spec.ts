import { Bytes } from "meshscript/assembly/abi/bytes";
import { high, isV4, low, readAddress } from "meshscript/assembly/access/ip-address";

function read(text: string): bool {
  return readAddress(Bytes.ofText(text));
}

function expectRead(text: string, first: u64, second: u64): void {
  expect(read(text)).toBe(true, text);
  expect(high).toBe(first, text);
  expect(low).toBe(second, text);
}

describe("an address", () => {
  test("of IPv4 is four numbers", () => {
    expectRead("127.0.0.1", 0, 0xffff_7f00_0001);
    expectRead("255.255.255.255", 0, 0xffff_ffff_ffff);
    expectRead("0.0.0.0", 0, 0xffff_0000_0000);
    expect(isV4()).toBe(true);
  });

  test("of IPv6 is eight groups, some of them left out", () => {
    expectRead("2001:db8:1:2:3:4:5:ABCD", 0x2001_0db8_0001_0002, 0x0003_0004_0005_abcd);
    expectRead("::", 0, 0);
    expectRead("::1", 0, 1);
    expectRead("1::", 0x1_0000_0000_0000, 0);
    expectRead("2001:db8::1:2", 0x2001_0db8_0000_0000, 0x1_0002);
    expectRead("1:2:3:4:5:6:7::", 0x0001_0002_0003_0004, 0x0005_0006_0007_0000);
    expectRead("64:ff9b::192.0.2.33", 0x0064_ff9b_0000_0000, 0xc000_0221);
    expect(isV4()).toBe(false);
    expectRead("0:0::0:0", 0, 0);
    expectRead("::2:3:4:5:6:7:8", 0x0000_0002_0003_0004, 0x0005_0006_0007_0008);
    expectRead("00ff::00Ff", 0x00ff_0000_0000_0000, 0xff);
    expectRead("1:2:3:4:5:6:1.2.3.4", 0x0001_0002_0003_0004, 0x0005_0006_0102_0304);
    expectRead("::10.1.2.3", 0, 0x0a01_0203);
    expect(isV4()).toBe(false, "an old form that is no address of IPv4");
    expectRead("::ffff:0:10.1.2.3", 0, 0xffff_0000_0a01_0203);
    expect(isV4()).toBe(false);
    expectRead("::FFFF:a01:203", 0, 0xffff_0a01_0203);
    expect(isV4()).toBe(true);
    expectRead("::ffff:10.1.2.3", 0, 0xffff_0a01_0203);
    expect(isV4()).toBe(true);
  });

  test("is nothing else", () => {
    const wrong = [
      "",
      "1",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.256",
      "01.2.3.4",
      "1.2.3.4 ",
      " 1.2.3.4",
      "1..3.4",
      "1.2.3.",
      "0x7f.0.0.1",
      "1.2.3.4/8",
      "1.2.3.4:80",
      ":",
      ":::",
      "1:",
      ":1",
      "1::2::3",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "12345::",
      "g::",
      "::1%eth0",
      "[::1]",
      "1:2:3:4:5:6:7:1.2.3.4",
      "::1.2.3",
      "::1.2.3.4:5",
      "1:2:3:4:5:6:7:8::",
      "localhost",
      "1.2.3.4\0",
      "1.2.3.-4",
      "1.2.3.+4",
      "1.2.3.4294967300",
      "1.2.3.1e1",
      "16909060",
      "::1.2.3.04",
      "::1.2.3.256",
      "::1.2.3.4.5",
      "1.2.3.4::",
      ":::1",
      "1:::2",
      "::1:",
      "::-1",
      "::+1",
      "::0x1",
      "::1 ",
      "1:2:3:4:5:6:7::8",
      "::12345",
      "1:2:3:4:5:6:7:8.9.10.11",
      "１.2.3.4",
    ];
    for (let i = 0; i < wrong.length; ++i) expect(read(wrong[i])).toBe(false, wrong[i]);
  });
});
