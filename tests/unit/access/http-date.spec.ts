import { Bytes, secondsIn } from "meshscript/assembly";
import "meshscript/assembly/testing";

function seconds(text: string): u64 {
  return secondsIn(Bytes.ofText(text));
}

describe("an HTTP date", () => {
  test("is read as seconds since 1970", () => {
    expect(seconds("Thu, 01 Jan 1970 00:00:01 GMT")).toBe(1);
    expect(seconds("Sun, 06 Nov 1994 08:49:37 GMT")).toBe(784111777);
    expect(seconds("Tue, 29 Feb 2000 23:59:59 GMT")).toBe(951868799);
    expect(seconds("Tue, 20 Apr 2021 02:07:55 GMT")).toBe(1618884475);
    expect(seconds("Sat, 28 Feb 2026 12:00:00 GMT")).toBe(1772280000);
    expect(seconds("Sun, 01 Mar 2026 12:00:00 GMT")).toBe(1772366400);
    expect(seconds("Thu, 31 Dec 2099 23:59:59 GMT")).toBe(4102444799);
  });

  test("may be a number of seconds", () => {
    expect(seconds("1618884475")).toBe(1618884475);
    expect(seconds("99999999999")).toBe(99999999999);
  });

  test("is nothing else", () => {
    const others = [
      "",
      "0",
      "-1",
      "+1",
      "1.5",
      "1e9",
      " 1618884475",
      "161888447500",
      "18446744073709551617",
      "Tue, 20 Apr 2021 02:07:55 UTC",
      "Tue, 20 Apr 2021 02:07:55 +0000",
      "Tue, 20 apr 2021 02:07:55 GMT",
      "Tue, 20 Abr 2021 02:07:55 GMT",
      "Tue, 00 Apr 2021 02:07:55 GMT",
      "Tue, 32 Apr 2021 02:07:55 GMT",
      "Tue, 20 Apr 1969 02:07:55 GMT",
      "Tue, 2 Apr 2021 02:07:55 GMT ",
      "Tuesday, 20-Apr-21 02:07:55 GMT",
      "Tue Apr 20 02:07:55 2021",
      "Tue, 20 Apr 2021 0a:07:55 GMT",
    ];
    for (let i = 0; i < others.length; ++i) expect(seconds(others[i])).toBe(0, others[i]);
  });
});
