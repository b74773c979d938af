import { Bytes, compress, foreign, uncompress } from "meshscript/assembly";
import "meshscript/assembly/testing";

function bytesOf(hex: string): Bytes {
  const array = new Uint8Array(hex.length / 2);
  for (let i = 0; i < array.length; ++i) array[i] = <u8>parseInt(hex.substr(2 * i, 2), 16);
  return Bytes.of(array);
}

function textOf(bytes: Bytes | null): string {
  return bytes === null ? "null" : bytes.toString();
}

function same(a: Bytes | null, b: Bytes | null): bool {
  if (a === null || b === null) return a === null && b === null;
  return a.length == b.length && memory.compare(a.pointer, b.pointer, a.length) == 0;
}

let seed: u32 = 1;

function next(below: u32): u32 {
  seed = seed * 1664525 + 1013904223;
  return (seed >> 8) % below;
}

/** Bytes of few or of many kinds, with repetitions near and far. */
function sample(size: i32, kinds: u32): Bytes {
  const array = new Uint8Array(size);
  for (let i = 0; i < size; ++i)
    array[i] = i > 40 && next(3) == 0 ? array[i - 1 - next(40)] : <u8>next(kinds);
  return Bytes.of(array);
}

function flip(bytes: Uint8Array): void {
  const at = next(bytes.length);
  bytes[at] = bytes[at] ^ (1 << (<u8>next(8)));
}

describe("uncompress", () => {
  test("reads all three kinds of blocks", () => {
    expect(textOf(uncompress(bytesOf("789c030000000001"), 0))).toBe("");
    expect(textOf(uncompress(bytesOf("7801010300fcff616263024d0127"), 3))).toBe("abc");
    expect(textOf(uncompress(bytesOf("789ccb48cdc9c957c84090003a2e067d"), 100))).toBe("hello hello hello");
  });

  test("gives back what the host compressed", () => {
    const sizes: i32[] = [1, 60, 1000, 40_000, 100_000];
    const kinds: u32[] = [1, 3, 60, 256];
    for (let i = 0; i < sizes.length; ++i) {
      for (let k = 0; k < kinds.length; ++k) {
        const plain = sample(sizes[i], kinds[k]);
        const packed = compress(plain)!;
        expect(same(uncompress(packed, sizes[i]), plain)).toBe(true);
        expect(uncompress(packed, sizes[i] - 1) === null).toBe(true);
      }
    }
  });

  test("makes no more of a few bytes than its limit", () => {
    const flood = compress(Bytes.of(new Uint8Array(1_000_000)))!;
    expect(flood.length).toBeLessThan(1100);
    const pages = memory.size();
    for (let i = 0; i < 20; ++i) expect(uncompress(flood, 999_999) === null).toBe(true);
    expect(uncompress(flood, 1_000_000)!.length).toBe(1_000_000);
    expect(memory.size() - pages).toBeLessThan(1000);
  });

  test("never makes more than 4 MiB", () => {
    const flood = compress(Bytes.of(new Uint8Array(4 * 1024 * 1024 + 1)))!;
    expect(uncompress(flood, i32.MAX_VALUE) === null).toBe(true);
  });

  test("refuses what is damaged, cut short, or another format", () => {
    const whole = "789ccb48cdc9c957c84090003a2e067d";
    for (let size = 0; size < whole.length; size += 2) {
      expect(uncompress(bytesOf(whole.substr(0, size)), 100) === null).toBe(true);
    }
    expect(uncompress(bytesOf("789ccb48cdc9c957c84090003a2e067c"), 100) === null).toBe(true);
    expect(uncompress(bytesOf("1f8b0800000000000003"), 100) === null).toBe(true);
    expect(uncompress(bytesOf(whole), -1) === null).toBe(true);
  });

  test("agrees with the host on hundreds of damaged texts", () => {
    for (let i = 0; i < 300; ++i) {
      const plain = sample(<i32>next(300), 1 + next(80));
      const packed = compress(plain)!.toArray();
      for (let n: u32 = 0; n <= next(3); ++n) flip(packed);
      const damaged = Bytes.of(packed);
      const theirs = foreign.call("uncompress", damaged);
      if (theirs === null || theirs.length <= 100_000) {
        expect(same(uncompress(damaged, 100_000), theirs)).toBe(true, "round " + i.toString());
      }
    }
  });
});
