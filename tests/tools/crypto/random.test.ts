import assert from "node:assert/strict";
import {
  constants,
  createHash,
  createHmac,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { before, describe, test } from "node:test";
import { cryptoModule, type CryptoModule } from "./module.js";

// What Node signs with fresh keys is taken, and what is changed in one bit is taken or refused as Node takes or refuses it.

let crypto: CryptoModule;
before(async () => {
  crypto = await cryptoModule();
});

/** The numbers in `crypto/key/public-key.ts`, with how Node is asked for the same. */
const algorithms = [
  ...[256, 384, 512].map((bits, i) => ({ id: i, hash: `sha${bits}`, kind: "rsa" as const, options: {} })),
  ...[256, 384, 512].map((bits, i) => ({
    id: 3 + i,
    hash: `sha${bits}`,
    kind: "rsa" as const,
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: bits / 8 },
  })),
  { id: 6, hash: "sha256", kind: "P-256" as const, options: { dsaEncoding: "ieee-p1363" as const } },
  { id: 7, hash: "sha384", kind: "P-384" as const, options: { dsaEncoding: "ieee-p1363" as const } },
  { id: 8, hash: null, kind: "ed25519" as const, options: {} },
];

function pairOf(kind: "rsa" | "P-256" | "P-384" | "ed25519", bits: number): [KeyObject, KeyObject] {
  const { publicKey, privateKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: bits, publicExponent: bits === 3072 ? 3 : 65537 })
      : kind === "ed25519"
        ? generateKeyPairSync("ed25519")
        : generateKeyPairSync("ec", { namedCurve: kind });
  return [publicKey, privateKey];
}

describe("fresh keys of Node's", () => {
  for (const { id, hash, kind, options } of algorithms) {
    for (const bits of kind === "rsa" ? [2048, 2056, 3072] : [0]) {
      test(`${kind} ${bits || ""} ${hash ?? ""} ${JSON.stringify(options)}`, () => {
        const [key, secret] = pairOf(kind, bits);
        assert.ok(crypto.call("useAny", key.export({ type: "spki", format: "der" })));
        for (let round = 0; round < 40; ++round) {
          const text = randomBytes(round * 5);
          const signature = sign(hash, text, { key: secret, ...options });
          assert.ok(crypto.call("verify", id, text, signature), "refuses what Node signed");
          const at = Math.floor(Math.random() * signature.length);
          signature[at]! ^= 1 << Math.floor(Math.random() * 8);
          const taken = verify(hash, text, { key, ...options }, signature);
          assert.equal(crypto.call("verify", id, text, signature), taken, signature.toString("hex"));
        }
      });
    }
  }
});

test("digests and codes are Node's, for sizes around the ends of blocks", () => {
  for (const bits of [256, 384, 512]) {
    for (let size = 0; size < 300; ++size) {
      const text = randomBytes(size);
      const digest = createHash(`sha${bits}`).update(text).digest();
      assert.deepEqual(crypto.written("hash", bits / 8, bits, text), digest);
      const key = randomBytes(size);
      const code = createHmac(`sha${bits}`, key).update(text).digest();
      assert.deepEqual(crypto.written("hmac", bits / 8, bits, key, text), code);
    }
  }
});
