import { equalInConstantTime } from "meshscript/assembly/crypto/equal";
import { fromHex } from "meshscript/assembly/crypto/hex";
import { sha256 } from "meshscript/assembly/crypto/sha256";
import { bytesAt, encoded, placed } from "../abi/bytes-of";
import { hexOf } from "./hex-of";
import { repeated } from "./repeated";

function digest(bytes: u8[]): string {
  const to = heap.alloc(32);
  sha256(placed(bytes), bytes.length, to);
  return hexOf(to, 32);
}

// The examples of FIPS 180-4 (NIST's SHA256.pdf and SHA2_Additional.pdf), and lengths around the end of a block, whose
// digests are those of OpenSSL.
describe("SHA-256", () => {
  test("of the standard's examples", () => {
    expect(digest([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(digest(encoded("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(digest(encoded("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))).toBe(
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
    expect(digest([0xbd])).toBe("68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b");
    expect(digest([0xc9, 0x8c, 0x8e, 0x55])).toBe(
      "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504",
    );
  });

  test("of runs of zeros around a block's end", () => {
    expect(digest(repeated(0, 55))).toBe("02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7");
    expect(digest(repeated(0, 56))).toBe("d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb");
    expect(digest(repeated(0, 57))).toBe("65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785");
    expect(digest(repeated(0, 64))).toBe("f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
    expect(digest(repeated(0, 1000))).toBe(
      "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53",
    );
  });

  test("of a thousand letters", () => {
    expect(digest(repeated(0x41, 1000))).toBe(
      "c2e686823489ced2017f6059b8b239318b6364f6dcd835d0a519105a1eadd6e4",
    );
  });

  test("leaves what it digests as it is", () => {
    const at = placed(encoded("abc"));
    sha256(at, 3, heap.alloc(32));
    expect(bytesAt(at, at + 3)).toStrictEqual(encoded("abc"));
  });
});

describe("hexadecimal digits", () => {
  test("stand for bytes, in either case", () => {
    const to = heap.alloc(4);
    expect(fromHex("00fFaB19", to, 4)).toBe(true);
    expect(bytesAt(to, to + 4)).toStrictEqual([0x00, 0xff, 0xab, 0x19]);
    expect(fromHex("", to, 0)).toBe(true);
  });

  test("of another number are refused", () => {
    const to = heap.alloc(4);
    expect(fromHex("00", to, 2)).toBe(false);
    expect(fromHex("000", to, 1)).toBe(false);
  });

  test("are no other characters", () => {
    const to = heap.alloc(4);
    const others = ["g0", "0g", "/0", ":0", "@0", "G0", "`0", "ä0", " 0", "0\0", "0\u0130", "0\u0141"];
    for (let i = 0; i < others.length; ++i) expect(fromHex(others[i], to, 1)).toBe(false, others[i]);
  });
});

describe("comparison in constant time", () => {
  test("sees every byte", () => {
    const bytes = repeated(7, 32);
    for (let i = 0; i < 32; ++i) {
      const other = repeated(7, 32);
      other[i] = 6;
      expect(equalInConstantTime(placed(bytes), placed(other), 32)).toBe(false);
    }
    expect(equalInConstantTime(placed(bytes), placed(repeated(7, 32)), 32)).toBe(true);
    expect(equalInConstantTime(placed(bytes), placed([]), 0)).toBe(true);
  });
});
