import { Sha1 } from "meshscript/assembly/crypto/hash/sha1";
import { digestOf } from "meshscript/assembly/crypto/hash/sha2";
import { encoded, placed } from "../abi/bytes-of";
import { hexOf } from "./hex-of";
import { repeated } from "./repeated";

function sha1(message: u8[]): string {
  const to = heap.alloc(64);
  digestOf<Sha1>(placed(message), message.length, to);
  return hexOf(to, 20);
}

// Made with Node: numbers of bytes around the ends of blocks, all of them "a".
const SIZES: i32[] = [55, 56, 63, 64, 65, 119, 120, 128];
const DIGESTS: string[] = [
  "c1c8bbdc22796e28c0e15163d20899b65621d65a",
  "c2db330f6083854c99d4b5bfb6e8f29f201be699",
  "03f09f5b158a7a8cdad920bddc29b81c18a551f5",
  "0098ba824b5c16427bd7a1122a5a442a25ec644d",
  "11655326c708d70319be2610e8a57d9a5b959d3b",
  "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56",
  "f34c1488385346a55709ba056ddd08280dd4c6d6",
  "ad5b3fdbcb526778c2839d2f151ea753995e26a0",
];

describe("SHA-1", () => {
  test("of the examples of FIPS 180-4", () => {
    expect(sha1(encoded("abc"))).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
    expect(sha1(encoded("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))).toBe(
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
    );
    expect(sha1(repeated(0x61, 1_000_000))).toBe("34aa973cd4c4daa4f61eeb2bdbad27316534016f");
  });

  test("of nothing", () => {
    expect(sha1([])).toBe("da39a3ee5e6b4b0d3255bfef95601890afd80709");
  });

  test("of messages that end near the end of a block", () => {
    for (let i = 0; i < SIZES.length; ++i)
      expect(sha1(repeated(0x61, SIZES[i]))).toBe(DIGESTS[i], SIZES[i].toString());
  });
});
