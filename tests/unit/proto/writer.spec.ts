import "meshscript/assembly/testing";
import { begin } from "meshscript/assembly/abi/arena";
import { Bytes } from "meshscript/assembly/abi/bytes";
import { ProtoWriter } from "meshscript/assembly/proto/writer";
import { hex } from "./hex";

// Examples of https://protobuf.dev/programming-guides/encoding/, unless a test says otherwise.

beforeEach(begin);

function written(writer: ProtoWriter): string {
  return hex(writer.bytes);
}

function long(): ProtoWriter {
  const writer = ProtoWriter.begin();
  for (let i = 0; i < 500; ++i) writer.text(1, "abc");
  return writer;
}

describe("the encoding guide's examples", () => {
  test("a number", () => {
    expect(written(ProtoWriter.begin().varint(1, 150))).toBe("08 96 01");
  });

  test("a number below 0 has ten bytes", () => {
    expect(written(ProtoWriter.begin().varint(1, <u64>-2))).toBe("08 fe ff ff ff ff ff ff ff ff 01");
  });

  test("a text", () => {
    expect(written(ProtoWriter.begin().text(2, "testing"))).toBe("12 07 74 65 73 74 69 6e 67");
  });

  test("a message in a message", () => {
    const inner = ProtoWriter.begin().varint(1, 150);
    expect(written(ProtoWriter.begin().nested(3, inner))).toBe("1a 03 08 96 01");
  });

  test("a packed list", () => {
    expect(written(ProtoWriter.begin().packed<i32>(6, [3, 270, 86942]))).toBe("32 06 03 8e 02 9e a7 05");
  });

  test("a text and repeated numbers that are not packed", () => {
    const writer = ProtoWriter.begin().text(4, "hello").varint(5, 1).varint(5, 2).varint(5, 3);
    expect(written(writer)).toBe("22 05 68 65 6c 6c 6f 28 01 28 02 28 03");
  });

  test("signed numbers in zigzag", () => {
    expect(written(ProtoWriter.begin().sint(1, 0))).toBe("08 00");
    expect(written(ProtoWriter.begin().sint(1, -1))).toBe("08 01");
    expect(written(ProtoWriter.begin().sint(1, 1))).toBe("08 02");
    expect(written(ProtoWriter.begin().sint(1, -2))).toBe("08 03");
    expect(written(ProtoWriter.begin().sint(1, 0x7fffffff))).toBe("08 fe ff ff ff 0f");
    expect(written(ProtoWriter.begin().sint(1, -0x80000000))).toBe("08 ff ff ff ff 0f");
  });
});

describe("numbers of fixed size", () => {
  test("have their lowest byte first", () => {
    expect(written(ProtoWriter.begin().fixed32(1, 0x01020304))).toBe("0d 04 03 02 01");
    expect(written(ProtoWriter.begin().fixed64(2, 0x0102030405060708))).toBe("11 08 07 06 05 04 03 02 01");
  });

  test("may have a fraction", () => {
    expect(written(ProtoWriter.begin().float(1, 1.5))).toBe("0d 00 00 c0 3f");
    expect(written(ProtoWriter.begin().double(1, -2.25))).toBe("09 00 00 00 00 00 00 02 c0");
  });
});

test("flags, bytes and texts that are not ASCII", () => {
  expect(written(ProtoWriter.begin().flag(1, true).flag(2, false))).toBe("08 01 10 00");
  expect(written(ProtoWriter.begin().data(1, Bytes.ofText("")).text(2, "ä"))).toBe("0a 00 12 02 c3 a4");
});

test("packed lists of other types", () => {
  expect(written(ProtoWriter.begin().packed<f64>(1, [1]))).toBe("0a 08 00 00 00 00 00 00 f0 3f");
  expect(written(ProtoWriter.begin().packedSint(1, [-1, 1]))).toBe("0a 02 01 02");
  expect(written(ProtoWriter.begin().packedFixed<u32>(1, [1, 2]))).toBe("0a 08 01 00 00 00 02 00 00 00");
  expect(written(ProtoWriter.begin().packed<i32>(1, [-1]))).toBe("0a 0a ff ff ff ff ff ff ff ff ff 01");
});

test("the largest number of a field", () => {
  expect(written(ProtoWriter.begin().varint(536870911, 1))).toBe("f8 ff ff ff 0f 01");
});

test("grows as it needs to, without touching others", () => {
  const writer = ProtoWriter.begin();
  const inner = long();
  const other = Bytes.ofText("other");
  const whole = writer.nested(1, inner).bytes;
  const last = ProtoWriter.begin().text(1, "last").bytes;
  expect(whole.length).toBe(2503);
  expect(hex(whole)).toBe("0a c4 13 " + hex(inner.bytes));
  expect(other.toString()).toBe("other");
  expect(hex(last)).toBe("0a 04 6c 61 73 74");
  expect(long().bytes.length).toBe(2500);
});

throws("has no field 0", () => {
  ProtoWriter.begin().varint(0, 1);
});
