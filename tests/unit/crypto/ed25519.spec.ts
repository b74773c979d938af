import { EdKey, edKey } from "meshscript/assembly/crypto/ed25519/key";
import { verifyEd25519 } from "meshscript/assembly/crypto/ed25519/verify";
import { bytesOf, turnBit } from "./hex-of";

// RFC 8032, section 7.1: TEST 1 to 3.
const KEYS = [
  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
];
const MESSAGES = ["", "72", "af82"];
const SIGNATURES = [
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155" +
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac" +
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
];

/** Whether a signature is taken: without a table and with one, which must say the same. */
function takes(key: string, message: string, signature: string): bool {
  const ed = edKey(bytesOf(key))!;
  const plain = verifies(ed, message, signature);
  ed.prepare();
  ed.prepare();
  expect(verifies(ed, message, signature)).toBe(plain);
  return plain;
}

function verifies(key: EdKey, message: string, signature: string): bool {
  return verifyEd25519(key, bytesOf(message), message.length / 2, bytesOf(signature), signature.length / 2);
}

describe("Ed25519", () => {
  test("takes the signatures of RFC 8032", () => {
    for (let i = 0; i < 3; ++i) expect(takes(KEYS[i], MESSAGES[i], SIGNATURES[i])).toBe(true, i.toString());
  });

  test("refuses them for other messages and with other keys", () => {
    for (let i = 0; i < 3; ++i) {
      expect(takes(KEYS[i], MESSAGES[(i + 1) % 3], SIGNATURES[i])).toBe(false, i.toString());
      expect(takes(KEYS[(i + 1) % 3], MESSAGES[i], SIGNATURES[i])).toBe(false, i.toString());
    }
  });

  test("refuses a signature with one bit turned over", () => {
    const key = edKey(bytesOf(KEYS[2]))!;
    for (let bit = 0; bit < 512; bit += 7) {
      const signature = bytesOf(SIGNATURES[2]);
      turnBit(signature, bit);
      expect(verifyEd25519(key, bytesOf(MESSAGES[2]), 2, signature, 64)).toBe(false, bit.toString());
    }
  });

  test("refuses a signature of another length", () => {
    const key = edKey(bytesOf(KEYS[2]))!;
    expect(verifies(key, MESSAGES[2], "")).toBe(false);
    expect(verifies(key, MESSAGES[2], SIGNATURES[2].slice(0, 126))).toBe(false);
    expect(verifies(key, MESSAGES[2], SIGNATURES[2] + "00")).toBe(false);
  });

  test("refuses an S of the order and more, which the equation would take", () => {
    // S and the order, and S and eight times the order.
    expect(
      takes(
        KEYS[2],
        MESSAGES[2],
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac05d391b0a77904e98404ef037747a56e4a7c15e9716ed28dc027beceea1ec41a",
      ),
    ).toBe(false);
    expect(
      takes(
        KEYS[2],
        MESSAGES[2],
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac809e4a3b602f8551614eb4788d1cbe004b7c15e9716ed28dc027beceea1ec48a",
      ),
    ).toBe(false);
    expect(
      takes(
        KEYS[2],
        MESSAGES[2],
        SIGNATURES[2].slice(0, 64) + "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
      ),
    ).toBe(false);
  });
});

describe("a key of Ed25519", () => {
  test("is no point of small order", () => {
    const points = [
      "0100000000000000000000000000000000000000000000000000000000000000",
      "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      "0000000000000000000000000000000000000000000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000080",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
      "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    ];
    for (let i = 0; i < points.length; ++i) expect(edKey(bytesOf(points[i])) === null).toBe(true, points[i]);
  });

  test("is the only encoding of a point", () => {
    const encodings = [
      // X is zero and has a sign
      "0100000000000000000000000000000000000000000000000000000000000080",
      // Y is the prime
      "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      // Y is the prime and one
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      // Y is as large as can be
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      // All ones
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      // No x belongs to y
      "0200000000000000000000000000000000000000000000000000000000000000",
    ];
    for (let i = 0; i < encodings.length; ++i) {
      expect(edKey(bytesOf(encodings[i])) === null).toBe(true, encodings[i]);
    }
  });

  test("may have either sign", () => {
    expect(edKey(bytesOf(KEYS[0])) !== null).toBe(true);
    expect(edKey(bytesOf(KEYS[0].slice(0, 62) + "9a")) !== null).toBe(true);
  });
});
