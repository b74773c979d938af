import "meshscript/assembly/testing";
import { begin } from "meshscript/assembly/abi/arena";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { ProtoReader } from "meshscript/assembly/proto/reader";
import { ProtoWriter } from "meshscript/assembly/proto/writer";
import { WireType } from "meshscript/assembly/proto/wire-type";
import { unhex } from "./hex";

beforeEach(begin);

/** A reader that stands at the first field. */
function first(message: string): ProtoReader {
  const reader = ProtoReader.of(unhex(message));
  expect(reader.next()).toBe(true);
  return reader;
}

/** Whether a message can be walked through. */
function isSound(message: string): bool {
  const reader = ProtoReader.of(unhex(message));
  while (reader.next()) {}
  return reader.ok;
}

// Examples of https://protobuf.dev/programming-guides/encoding/.
describe("the encoding guide's examples", () => {
  test("a number", () => {
    const reader = first("08 96 01");
    expect(reader.field).toBe(1);
    expect(reader.wireType).toBe(WireType.Varint);
    expect(reader.number()).toBe(150);
    expect(reader.next()).toBe(false);
    expect(reader.ok).toBe(true);
  });

  test("a number below 0", () => {
    expect(<i32>first("08 fe ff ff ff ff ff ff ff ff 01").number()).toBe(-2);
  });

  test("a text", () => {
    expect(first("12 07 74 65 73 74 69 6e 67").text()).toBe("testing");
  });

  test("a message in a message", () => {
    const inner = first("1a 03 08 96 01").nested();
    expect(inner.next()).toBe(true);
    expect(inner.number()).toBe(150);
    expect(inner.next()).toBe(false);
    expect(inner.ok).toBe(true);
  });

  test("a packed list", () => {
    const items = first("32 06 03 8e 02 9e a7 05").items();
    const numbers: u64[] = [];
    while (items.more) numbers.push(items.varint());
    expect(numbers).toStrictEqual([3, 270, 86942]);
    expect(items.ok).toBe(true);
  });

  test("numbers that are repeated without being packed", () => {
    const reader = ProtoReader.of(unhex("22 05 68 65 6c 6c 6f 28 01 28 02 28 03"));
    const numbers: u64[] = [];
    while (reader.next()) {
      const items = reader.items();
      while (reader.field == 5 && items.more) numbers.push(items.varint());
    }
    expect(numbers).toStrictEqual([1, 2, 3]);
  });

  test("signed numbers in zigzag", () => {
    expect(first("08 01").sint()).toBe(-1);
    expect(first("08 03").sint()).toBe(-2);
    expect(first("08 fe ff ff ff 0f").sint()).toBe(0x7fffffff);
    expect(first("08 ff ff ff ff 0f").sint()).toBe(-0x80000000);
  });
});

test("all that is written is read", () => {
  const writer = ProtoWriter.begin().fixed32(1, 7).fixed64(2, u64.MAX_VALUE).float(3, 1.5).double(4, -2.25);
  writer
    .flag(5, true)
    .data(6, Bytes.ofText("b"))
    .sint(7, i64.MIN_VALUE)
    .packedSint(8, [-3])
    .packed<f32>(9, [0.5]);
  const reader = ProtoReader.of(writer.bytes);
  reader.next();
  expect(reader.fixed32()).toBe(7);
  reader.next();
  expect(reader.fixed64()).toBe(u64.MAX_VALUE);
  reader.next();
  expect(reader.float()).toBe(1.5);
  reader.next();
  expect(reader.double()).toBe(-2.25);
  reader.next();
  expect(reader.flag()).toBe(true);
  reader.next();
  expect(reader.data().toString()).toBe("b");
  reader.next();
  expect(reader.sint()).toBe(i64.MIN_VALUE);
  reader.next();
  expect(reader.items().sint()).toBe(-3);
  reader.next();
  expect(reader.items().fixed<f32>()).toBe(0.5);
  expect(reader.next()).toBe(false);
  expect(reader.ok).toBe(true);
});

test("an empty message has no fields", () => {
  expect(isSound("")).toBe(true);
  expect(ProtoReader.of(unhex("")).next()).toBe(false);
});

describe("a field that nobody reads is passed over", () => {
  test("of each type", () => {
    expect(isSound("08 96 01 11 01 02 03 04 05 06 07 08 1a 02 61 62 25 01 02 03 04")).toBe(true);
  });
});

describe("what is no message", () => {
  test("is cut short", () => {
    const whole = "08 96 01 11 01 02 03 04 05 06 07 08 1a 02 61 62 25 01 02 03 04";
    for (let end = 2; end < whole.length; end += 3) {
      expect(isSound(whole.substring(0, end))).toBe([8, 35, 47].includes(end), "cut at " + end.toString());
    }
  });

  test("has a number that does not end", () => {
    expect(isSound("08 ff ff ff ff ff ff ff ff ff ff 01")).toBe(false);
    expect(isSound("ff ff ff ff ff ff ff ff ff ff ff ff")).toBe(false);
  });

  test("has a size beyond its end, however large", () => {
    expect(isSound("0a 05 61")).toBe(false);
    expect(isSound("0a ff ff ff ff 0f 61")).toBe(false);
    expect(isSound("0a ff ff ff ff ff ff ff ff ff 01 61")).toBe(false);
  });

  test("has a field of number 0, or one over 29 bits", () => {
    expect(isSound("00 01")).toBe(false);
    expect(isSound("80 80 80 80 10 01")).toBe(false);
    expect(isSound("f8 ff ff ff 0f 01")).toBe(true);
  });

  test("has groups or types that there are not", () => {
    expect(isSound("0b 0c")).toBe(false);
    expect(isSound("0e 01")).toBe(false);
    expect(isSound("0f 01")).toBe(false);
  });

  test("stays what it is, whatever is read then", () => {
    const reader = ProtoReader.of(unhex("0a 05 61"));
    expect(reader.next()).toBe(false);
    expect(reader.text()).toBe("");
    expect(reader.number()).toBe(0);
    expect(reader.nested().next()).toBe(false);
    expect(reader.items().more).toBe(false);
    expect(reader.next()).toBe(false);
    expect(reader.ok).toBe(false);
  });
});

describe("a field that is read as what it is not", () => {
  test("gives nothing", () => {
    const reader = first("08 96 01");
    expect(reader.text()).toBe("");
    expect(reader.ok).toBe(false);
    expect(first("08 96 01").fixed32()).toBe(0);
    expect(first("08 96 01").double()).toBe(0);
    expect(first("0a 01 61").number()).toBe(0);
  });

  test("a list whose last number is cut short says so", () => {
    const items = first("0a 02 01 80").items();
    expect(items.varint()).toBe(1);
    expect(items.varint()).toBe(0);
    expect(items.ok).toBe(false);
    expect(items.more).toBe(false);
    expect(first("0a 03 01 02 03").items().fixed<u32>()).toBe(0);
  });
});

test("nothing traps, whatever the bytes are", () => {
  let seed: u32 = 1;
  for (let round = 0; round < 3000; ++round) {
    begin();
    const bytes = new Uint8Array(round % 40);
    for (let i = 0; i < bytes.length; ++i) {
      seed = seed * 1664525 + 1013904223;
      bytes[i] = <u8>(seed >> 24);
    }
    walk(ProtoReader.of(Bytes.of(bytes)), 0);
  }
});

function walk(reader: ProtoReader, depth: i32): void {
  while (reader.next()) {
    if (reader.wireType == WireType.Sized && depth < 10) walk(reader.nested(), depth + 1);
    const items = reader.items();
    while (items.more) items.varint();
    reader.sint();
    reader.double();
    reader.data();
  }
}
