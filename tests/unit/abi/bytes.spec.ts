import "meshscript/assembly/testing";
import { begin } from "meshscript/assembly/abi/arena";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { sameBytes } from "meshscript/assembly/abi/compare";
import { bytesAt, placed } from "./bytes-of";

function arrayOf(bytes: u8[]): Uint8Array {
  const array = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; ++i) array[i] = bytes[i];
  return array;
}

beforeEach(begin);

describe("a view on bytes", () => {
  test("is made of a text", () => {
    const bytes = Bytes.ofText("aä");
    expect(bytes.length).toBe(3);
    expect(bytesAt(bytes.pointer, bytes.pointer + 3)).toStrictEqual([0x61, 0xc3, 0xa4]);
    expect(bytes.toString()).toBe("aä");
  });

  test("is made of an array, as a copy", () => {
    const array = arrayOf([1, 2, 3]);
    const bytes = Bytes.of(array);
    array[0] = 9;
    expect(bytes.at(0)).toBe(1);
    expect(bytes.toArray()).toStrictEqual(arrayOf([1, 2, 3]));
  });

  test("compares with text", () => {
    const bytes = Bytes.ofText("key-ä");
    expect(bytes.equals("key-ä")).toBe(true);
    expect(bytes.equals("key-")).toBe(false);
    expect(bytes.equals("key-ö")).toBe(false);
    expect(bytes.equals("key-ä ")).toBe(false);
    expect(bytes.startsWith("key")).toBe(true);
    expect(bytes.startsWith("")).toBe(true);
    expect(bytes.startsWith("kez")).toBe(false);
    expect(bytes.startsWith("key-ä and more")).toBe(false);
  });

  test("is cut without leaving its bounds", () => {
    const bytes = Bytes.ofText("abcdef");
    expect(bytes.slice(1, 3).toString()).toBe("bc");
    expect(bytes.slice(4).toString()).toBe("ef");
    expect(bytes.slice(-5, 99).toString()).toBe("abcdef");
    expect(bytes.slice(9).length).toBe(0);
    expect(bytes.slice(3, 1).length).toBe(0);
  });

  test("is searched for a byte", () => {
    const bytes = Bytes.ofText("a=b=c");
    expect(bytes.indexOf(0x3d)).toBe(1);
    expect(bytes.indexOf(0x3d, 2)).toBe(3);
    expect(bytes.indexOf(0x3d, 4)).toBe(-1);
    expect(bytes.indexOf(0x61, -3)).toBe(0);
  });
});

throws("a byte behind the end is out of reach", () => {
  Bytes.ofText("ab").at(2);
});

throws("a byte before the beginning is out of reach", () => {
  Bytes.ofText("ab").at(-1);
});

throws("a view does not outlive its callback", () => {
  const bytes = Bytes.ofText("ab");
  begin();
  bytes.toString();
});

function equal(bytes: u8[], text: string): bool {
  return Bytes.view(placed(bytes), bytes.length).equals(text);
}

describe("bytes and a text are the same", () => {
  test("where all of both agree", () => {
    expect(equal([0x61, 0x62, 0x63, 0x64, 0x65], "abcde")).toBe(true);
    expect(equal([0x61], "a")).toBe(true);
    expect(equal([], "")).toBe(true);
  });

  test("not where one is longer", () => {
    expect(equal([0x61, 0x62, 0x63, 0x64], "abcde")).toBe(false);
    expect(equal([0x61, 0x62, 0x63, 0x64, 0x65], "abcd")).toBe(false);
    expect(equal([], "a")).toBe(false);
  });

  test("not where a character differs, in any position", () => {
    expect(equal([0x61, 0x62, 0x63, 0x64, 0x65], "Xbcde")).toBe(false);
    expect(equal([0x61, 0x62, 0x63, 0x64, 0x65], "abcdX")).toBe(false);
  });

  test("where the text is not ASCII, by its UTF-8 form", () => {
    expect(equal([0x61, 0x62, 0x63, 0x64, 0xc3, 0xa4], "abcdä")).toBe(true);
    expect(equal([0x61, 0x62, 0x63, 0x64, 0xc3, 0xa4], "abcdö")).toBe(false);
    expect(equal([0xe4], "ä")).toBe(false);
    expect(equal([0xe4], "\udce4")).toBe(true);
  });
});

test("runs of bytes compare in full, whatever their size", () => {
  for (let size = 0; size < 30; ++size) {
    const bytes: u8[] = [];
    for (let i = 0; i < size; ++i) bytes.push(<u8>i);
    expect(sameBytes(placed(bytes), placed(bytes), size)).toBe(true);
    for (let i = 0; i < size; ++i) {
      const other = bytes.slice(0);
      other[i] = 99;
      expect(sameBytes(placed(bytes), placed(other), size)).toBe(false);
      expect(sameBytes(placed(bytes), placed(other), i)).toBe(true);
    }
  }
});
