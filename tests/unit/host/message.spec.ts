import { Bytes } from "meshscript/assembly";
import { Message, fieldBytes, fieldNumber } from "meshscript/assembly/host/message";

function bytesOf(hex: string): Bytes {
  const array = new Uint8Array(hex.length / 2);
  for (let i = 0; i < array.length; ++i) array[i] = <u8>parseInt(hex.substr(2 * i, 2), 16);
  return Bytes.of(array);
}

function hexOf(bytes: Bytes | null): string {
  if (bytes === null) return "null";
  let hex = "";
  for (let i = 0; i < bytes.length; ++i) hex += bytes.at(i).toString(16).padStart(2, "0");
  return hex;
}

describe("a message for the host", () => {
  test("holds its fields, and leaves out what is empty or 0", () => {
    const text = Bytes.ofText("ab");
    const message = Message.begin(4, 2)
      .add(2, text.pointer, 2)
      .add(3, 0, 0)
      .addNumber(4, 300)
      .addNumber(5, 0);
    expect(hexOf(message.bytes)).toBe("1202616220ac02");
  });

  test("has room for texts that are long", () => {
    const text = Bytes.ofText("x".repeat(20_000));
    const bytes = Message.begin(1, 20_000).add(1, text.pointer, 20_000).bytes;
    expect(bytes.length).toBe(20_004);
    expect(fieldBytes(bytes, 1)!.length).toBe(20_000);
  });
});

describe("a message from the host", () => {
  test("is read by field, the last one of a number", () => {
    const message = bytesOf("0801" + "1202aabb" + "1201cc" + "1d01020304" + "210102030405060708" + "0802");
    expect(fieldNumber(message, 1)).toBe(2);
    expect(hexOf(fieldBytes(message, 2))).toBe("cc");
    expect(fieldNumber(message, 9)).toBe(0);
    expect(hexOf(fieldBytes(message, 1))).toBe("null");
    expect(hexOf(fieldBytes(bytesOf("1200"), 2))).toBe("");
  });

  test("that is cut short or no message has no fields", () => {
    const broken = [
      "08",
      "1205aabb",
      "12ffffffffffffffffff01",
      "0b",
      "0c",
      "0f",
      "0801" + "ff",
      "1201aa" + "09",
    ];
    for (let i = 0; i < broken.length; ++i) {
      expect(fieldNumber(bytesOf(broken[i]), 1)).toBe(0);
      expect(hexOf(fieldBytes(bytesOf(broken[i]), 2))).toBe("null");
    }
  });
});
