import { bitsOf, fromLimbs, isBelow, isZero, toLimbs } from "meshscript/assembly/crypto/numbers/bytes";
import { invert } from "meshscript/assembly/crypto/numbers/inverse";
import { Modulus, limbsFor, modulusRoom } from "meshscript/assembly/crypto/numbers/modulus";
import { bytesOf, hexOf } from "./hex-of";

const P256 = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
const P384 = "f".repeat(63) + "effffffff" + "0".repeat(16) + "ffffffff";
const P25519 = "7" + "f".repeat(61) + "ed";

function inverse(modulus: string, value: string): string {
  const size = modulus.length / 2;
  const to = heap.alloc(size);
  invert(bytesOf(modulus), bytesOf(value.padStart(modulus.length, "0")), size, to);
  return hexOf(to, size);
}

/** The modulus in hexadecimal digits, and room for its numbers. */
class Field {
  readonly modulus: Modulus;
  readonly bytes: i32;

  constructor(hex: string) {
    const limbs = limbsFor(bitsOf(bytesOf(hex), hex.length / 2));
    this.bytes = hex.length / 2;
    this.modulus = changetype<Modulus>(heap.alloc(modulusRoom(limbs)));
    this.modulus.read(bytesOf(hex), this.bytes, limbs);
  }

  number(hex: string): usize {
    const at = heap.alloc(<usize>this.modulus.bytes);
    this.modulus.load(bytesOf(hex), hex.length / 2, at);
    return at;
  }

  written(number: usize): string {
    const to = heap.alloc(this.bytes);
    this.modulus.write(number, to, this.bytes);
    return hexOf(to, this.bytes);
  }

  product(a: string, b: string): string {
    const to = this.number(a);
    this.modulus.multiply(to, to, this.modulus.square);
    this.modulus.multiply(to, to, this.number(b));
    return this.written(to);
  }
}

describe("an inverse", () => {
  test("of one is one, and of minus one minus one", () => {
    expect(inverse(P256, "01")).toBe("1".padStart(64, "0"));
    expect(inverse(P256, P256.slice(0, 62) + "fe")).toBe(P256.slice(0, 62) + "fe");
    expect(inverse(P384, "01")).toBe("1".padStart(96, "0"));
    expect(inverse(P384, P384.slice(0, 94) + "fe")).toBe(P384.slice(0, 94) + "fe");
  });

  test("of an inverse is the number", () => {
    const primes = [P256, P384, P25519];
    for (let p = 0; p < primes.length; ++p) {
      let value = "2".padStart(primes[p].length, "0");
      for (let i = 0; i < 30; ++i) {
        const found = inverse(primes[p], value);
        expect(inverse(primes[p], found)).toBe(value);
        value = found.slice(4) + "0003";
        value = "0" + value.slice(1);
      }
    }
  });
});

describe("numbers modulo another", () => {
  test("are multiplied", () => {
    const field = new Field("65");
    expect(field.product("07", "08")).toBe("38");
    expect(field.product("64", "64")).toBe("01");
    expect(field.product("00", "64")).toBe("00");
  });

  test("are written as their smallest residues", () => {
    const field = new Field(P256);
    expect(field.written(field.number(P256))).toBe("0".repeat(64));
    expect(field.written(field.number(P256.slice(0, 62) + "fe"))).toBe(P256.slice(0, 62) + "fe");
    expect(field.written(field.number("f".repeat(64)))).toBe(
      "00000000fffffffeffffffffffffffffffffffff000000000000000000000000",
    );
  });

  test("go into Montgomery form and back", () => {
    const field = new Field(P384);
    const number = field.number("0123456789abcdef".repeat(6));
    field.modulus.multiply(number, number, field.modulus.square);
    field.modulus.leave(number, number);
    expect(field.written(number)).toBe("0123456789abcdef".repeat(6));
  });

  test("are added, and raised to a power", () => {
    const field = new Field("0065");
    const sum = field.number("64");
    field.modulus.add(sum, sum, field.number("05"));
    expect(field.written(sum)).toBe("0004");
    // 2^10 = 14 modulo 101, less nine times R.
    const power = heap.alloc(<usize>field.modulus.bytes);
    const base = field.number("02");
    field.modulus.multiply(base, base, field.modulus.square);
    field.modulus.power(power, base, 10);
    field.modulus.leave(power, power);
    expect(field.written(power)).toBe("000e");
  });
});

describe("big-endian numbers", () => {
  test("become limbs and numbers again", () => {
    const hex = "00ff0123456789abcdeffedcba9876543210";
    for (let bits = 13; bits < 31; ++bits) {
      const limbs = heap.alloc(64);
      toLimbs<u32>(bytesOf(hex), 18, limbs, 144 / bits + 1, bits);
      const to = heap.alloc(18);
      fromLimbs<u32>(limbs, bits, to, 18);
      expect(hexOf(to, 18)).toBe(hex, bits.toString());
    }
  });

  test("are compared and measured", () => {
    expect(isBelow(bytesOf("00ff"), bytesOf("0100"), 2)).toBe(true);
    expect(isBelow(bytesOf("0100"), bytesOf("00ff"), 2)).toBe(false);
    expect(isBelow(bytesOf("0100"), bytesOf("0100"), 2)).toBe(false);
    expect(isZero(bytesOf("0000"), 2)).toBe(true);
    expect(isZero(bytesOf("0001"), 2)).toBe(false);
    expect(bitsOf(bytesOf("0001"), 2)).toBe(1);
    expect(bitsOf(bytesOf("80ff"), 2)).toBe(16);
    expect(bitsOf(bytesOf("0000"), 2)).toBe(0);
  });
});
