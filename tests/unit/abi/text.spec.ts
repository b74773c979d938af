import { decode, encodedLimit, sequenceAt } from "meshscript/assembly/abi/text";
import { encoded, placed } from "./bytes-of";

function decoded(bytes: u8[]): string {
  return decode(placed(bytes), bytes.length);
}

/** Both ways, where text and bytes stand for each other. */
function expectSame(text: string, bytes: u8[]): void {
  expect(encoded(text)).toStrictEqual(bytes, text);
  expect(decoded(bytes)).toBe(text);
}

describe("text and bytes", () => {
  test("of nothing are nothing", () => {
    expectSame("", []);
  });

  test("of ASCII are one to one, in any length", () => {
    expectSame("a", [0x61]);
    expectSame("abcd", [0x61, 0x62, 0x63, 0x64]);
    expectSame("abcdefg", [0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67]);
    expectSame("\0\x7f", [0x00, 0x7f]);
  });

  test("of other characters take two to four bytes, least and greatest of each size", () => {
    expectSame("\u0080\u07ff", [0xc2, 0x80, 0xdf, 0xbf]);
    expectSame("\u0800\ud7ff", [0xe0, 0xa0, 0x80, 0xed, 0x9f, 0xbf]);
    expectSame("\ue000\uffff", [0xee, 0x80, 0x80, 0xef, 0xbf, 0xbf]);
    expectSame("\u{10000}\u{10ffff}", [0xf0, 0x90, 0x80, 0x80, 0xf4, 0x8f, 0xbf, 0xbf]);
  });

  test("may mix sizes within a word", () => {
    expectSame("abcäefgh€", [0x61, 0x62, 0x63, 0xc3, 0xa4, 0x65, 0x66, 0x67, 0x68, 0xe2, 0x82, 0xac]);
  });
});

describe("bytes that are not UTF-8", () => {
  test("become lone surrogates and the same bytes again", () => {
    expectSame("a\udc80\udcff", [0x61, 0x80, 0xff]);
    expectSame("\udcc3", [0xc3]);
  });

  test("are those of overlong forms", () => {
    expectSame("\udcc0\udc80", [0xc0, 0x80]);
    expectSame("\udcc1\udcbf", [0xc1, 0xbf]);
    expectSame("\udce0\udc9f\udcbf", [0xe0, 0x9f, 0xbf]);
    expectSame("\udcf0\udc8f\udcbf\udcbf", [0xf0, 0x8f, 0xbf, 0xbf]);
  });

  test("are those of surrogates and of what lies beyond Unicode", () => {
    expectSame("\udced\udca0\udc80", [0xed, 0xa0, 0x80]);
    expectSame("\udcf4\udc90\udc80\udc80", [0xf4, 0x90, 0x80, 0x80]);
    expectSame("\udcf5\udc80\udc80\udc80", [0xf5, 0x80, 0x80, 0x80]);
  });

  test("are those of a sequence that is cut short or broken off", () => {
    expectSame("\udce2\udc82", [0xe2, 0x82]);
    expectSame("\udce2a\udcac", [0xe2, 0x61, 0xac]);
    expectSame("\udcf0\udc9f\udc98a", [0xf0, 0x9f, 0x98, 0x61]);
  });
});

describe("surrogates that stand for no byte", () => {
  test("become the replacement character", () => {
    expect(encoded("\ud800")).toStrictEqual([0xef, 0xbf, 0xbd]);
    expect(encoded("\ud800a")).toStrictEqual([0xef, 0xbf, 0xbd, 0x61]);
    expect(encoded("\udc00")).toStrictEqual([0xef, 0xbf, 0xbd]);
    expect(encoded("\udc7f\udd00")).toStrictEqual([0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]);
  });
});

describe("helpers", () => {
  test("the limit holds for the longest characters", () => {
    expect(encodedLimit("€€")).toBe(6);
    expect(encoded("€€").length).toBe(6);
    expect(<usize>encoded("😀").length).toBeLessThanOrEqual(encodedLimit("😀"));
  });

  test("a sequence does not reach over the end", () => {
    const at = placed([0xe2, 0x82, 0xac]);
    expect(sequenceAt(at, at + 3)).toBe(3);
    expect(sequenceAt(at, at + 2)).toBe(0);
  });
});
