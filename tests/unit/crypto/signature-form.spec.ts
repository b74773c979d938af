import { fromDer, toDer } from "meshscript/assembly/crypto/ec/signature-form";
import { bytesOf, hexOf } from "./hex-of";

/** r and s of four bytes each that a signature in DER holds, null where it is refused. */
function raw(der: string): string | null {
  const to = heap.alloc(8);
  return fromDer(bytesOf(der), der.length / 2, to, 4) ? hexOf(to, 8) : null;
}

describe("an ECDSA signature in DER", () => {
  test("is two numbers, in their shortest forms", () => {
    expect(raw("3006020101020102")).toBe("0000000100000002");
    expect(raw("30080202008002020100")).toBe("0000008000000100");
    expect(raw("300c02040102030402047fffffff")).toBe("010203047fffffff");
    expect(raw("300e020500ffffffff02050080000000")).toBe("ffffffff80000000");
    expect(raw("3006020100020100")).toBe("0000000000000000");
  });

  test("is refused in every other form", () => {
    const forms = [
      "",
      "3006",
      "300602010102010200",
      "3007020101020102",
      "3005020101020102",
      "3106020101020102",
      "3006030101020102",
      "3006020101030102",
      "308106020101020102",
      "30070281010102010200",
      "3080020101020102",
      "30080201010201020000",
      "3009020101020102020103",
      "3006020201020102",
      "3007020200010201",
      "3006020101020202",
      "3006020101020002",
      "3005020002010200",
      "3006020181020102",
      "3006020101020182",
      "300702020001020102",
      "300702010102020002",
      "300a02050102030405020102",
      "300a02010202050102030405",
      "300b0206000102030405020102",
    ];
    for (let i = 0; i < forms.length; ++i) expect(raw(forms[i]) == null).toBe(true, forms[i]);
  });

  test("has a form back that is the same", () => {
    const ders = ["3006020101020102", "300e020500ffffffff02050080000000", "300c02040102030402047fffffff"];
    for (let i = 0; i < ders.length; ++i) {
      const to = heap.alloc(32);
      const size = toDer(bytesOf(raw(ders[i])!), 4, to);
      expect(hexOf(to, <i32>size)).toBe(ders[i]);
    }
  });
});
