import "meshscript/assembly/testing";
import { begin } from "meshscript/assembly/abi/arena";
import { decode } from "meshscript/assembly/abi/text";
import { isValue } from "meshscript/assembly/abi/fields";
import { literal, nameOf, sizeOf, utf8, valueOf } from "meshscript/assembly/abi/wire";
import { encoded, placed } from "./bytes-of";

const PRINTABLE = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz";

function nameAs(text: string): string | null {
  const at = nameOf(text);
  return at == 0 ? null : decode(at, sizeOf(at));
}

function valueAs(text: string): string | null {
  const at = valueOf(text);
  return at == 0 ? null : decode(at, sizeOf(at));
}

beforeEach(begin);

describe("a field name", () => {
  test("travels in lower case", () => {
    expect(nameAs("X-Api-KEY")).toBe("x-api-key");
    expect(nameAs("AZ")).toBe("az");
  });

  test("may hold every character of a token", () => {
    expect(nameAs(PRINTABLE)).toBe(PRINTABLE);
  });

  test("may be a pseudo-header", () => {
    expect(nameAs(":path")).toBe(":path");
  });

  test("holds no other character", () => {
    for (let code = 0; code < 256; ++code) {
      const character = String.fromCharCode(code);
      const sound = PRINTABLE.includes(character.toLowerCase()) && code < 128;
      expect(nameAs("x" + character) !== null).toBe(sound, code.toString());
    }
  });

  test("is not empty, no colon alone, and has none further in", () => {
    expect(nameAs("")).toBeNull();
    expect(nameAs(":")).toBeNull();
    expect(nameAs("a:b")).toBeNull();
    expect(nameAs("::a")).toBeNull();
  });
});

describe("a field value", () => {
  test("may be empty, or any text", () => {
    expect(valueAs("")).toBe("");
    expect(valueAs("a \t ä € 😀 \x7f \x01 \udcff")).toBe("a \t ä € 😀 \x7f \x01 \udcff");
  });

  test("holds no CR, LF or NUL, in any position", () => {
    const forbidden = ["\r", "\n", "\0"];
    for (let i = 0; i < forbidden.length; ++i) {
      for (let before = 0; before < 20; ++before) {
        const text = "x".repeat(before) + forbidden[i];
        expect(valueAs(text)).toBeNull();
        expect(valueAs(text + "abcdefghi")).toBeNull();
      }
    }
  });

  test("is not led astray by what stands before and behind a control character", () => {
    expect(valueAs("\x01\x20\x21\x1f\x20\x7f\udc80\udcff")).not.toBeNull();
    const bytes: u8[] = [0x0b, 0x0c, 0x0e, 0x0f, 0x8a, 0x8d, 0x80, 0x20, 0x0a];
    expect(isValue(placed(bytes), 8)).toBe(true);
    expect(isValue(placed(bytes), 9)).toBe(false);
  });
});

describe("an encoded text", () => {
  test("has its size in front of it", () => {
    expect(sizeOf(utf8("aä€"))).toBe(6);
    expect(sizeOf(utf8(""))).toBe(0);
  });

  test("stays while others are encoded", () => {
    const first = utf8("first");
    const second = utf8("second text");
    expect(decode(first, sizeOf(first))).toBe("first");
    expect(decode(second, sizeOf(second))).toBe("second text");
    expect(encoded("first").length).toBe(5);
  });

  test("a literal that the build encoded is its address", () => {
    expect(literal(4711)).toBe(4711);
  });
});
