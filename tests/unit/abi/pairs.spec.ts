import {
  firstPair,
  hasName,
  nameSize,
  nextPair,
  pairCount,
  pairValue,
  valueSize,
} from "meshscript/assembly/abi/pairs";
import { bytesAt, placed } from "./bytes-of";

/** The list of `a: 1` and `bc: ` as the ABI writes it: count, sizes, then names and values with a NUL behind each. */
const LIST: u8[] = [
  2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0x61, 0, 0x31, 0, 0x62, 0x63, 0, 0,
];

describe("a pair list", () => {
  test("is walked from pair to pair", () => {
    const list = placed(LIST);
    const first = firstPair(list);
    expect(bytesAt(first, first + nameSize(list, 0))).toStrictEqual([0x61]);
    const value = pairValue(list, 0, first);
    expect(bytesAt(value, value + valueSize(list, 0))).toStrictEqual([0x31]);
    const second = nextPair(list, 0, first);
    expect(bytesAt(second, second + nameSize(list, 1))).toStrictEqual([0x62, 0x63]);
    expect(valueSize(list, 1)).toBe(0);
  });

  test("knows its pairs by name", () => {
    const list = placed(LIST);
    const name = placed([0x62, 0x63]);
    expect(hasName(list, 1, nextPair(list, 0, firstPair(list)), name, 2)).toBe(true);
    expect(hasName(list, 1, nextPair(list, 0, firstPair(list)), name, 1)).toBe(false);
    expect(hasName(list, 0, firstPair(list), placed([0x62]), 1)).toBe(false);
  });

  test("counts its pairs", () => {
    expect(pairCount(placed(LIST), LIST.length)).toBe(2);
    expect(pairCount(placed([0, 0, 0, 0]), 4)).toBe(0);
  });

  test("counts none where it is cut short", () => {
    for (let size = 0; size < LIST.length; ++size) expect(pairCount(placed(LIST), size)).toBe(0);
  });

  test("counts none where it states more than it holds", () => {
    expect(pairCount(placed([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]), 8)).toBe(0);
    expect(pairCount(placed([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 0]), 14)).toBe(0);
  });
});
