import assert from "node:assert/strict";
import { createPublicKey, type JsonWebKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { packageRoot } from "../../../tools/package-root.js";
import { cryptoModule, hashes, type CryptoModule, type HashName } from "./module.js";

const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(join(packageRoot, "tests/fixtures/crypto", name), "utf8")) as T;
const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");

interface EcdsaVector {
  curve: "P-256" | "P-384";
  hash: HashName;
  msg: string;
  x: string;
  y: string;
  r: string;
  s: string;
  valid: boolean;
}
interface RsaVector {
  hash: HashName;
  n: string;
  e: string;
  msg: string;
  sig: string;
  salt: number;
  valid: boolean;
}
interface JoseExample {
  name: string;
  alg: string;
  key: JsonWebKey;
  input: string;
  signature: string;
}

const fips186 = fixture<{ ecdsa: EcdsaVector[]; pkcs1: RsaVector[]; pss: RsaVector[] }>("fips186.json");
const jose = fixture<{ examples: JoseExample[] }>("jose.json").examples;
const ed25519 = fixture<{ examples: { key: string; msg: string; sig: string }[] }>("ed25519.json").examples;

let crypto: CryptoModule;
before(async () => {
  crypto = await cryptoModule();
});

describe("the vectors of FIPS 186-4", () => {
  test("of ECDSA are taken and refused as they should be", () => {
    for (const { curve, hash, msg, x, y, r, s, valid } of fips186.ecdsa) {
      const bits = Number(curve.slice(2));
      const taken =
        crypto.call("useEc", bits, bytes(x + y), 0) &&
        crypto.call("ecdsa", bits, hashes[hash], bytes(msg), bytes(r + s));
      assert.equal(taken, valid, `${curve} ${hash} ${r}`);
    }
    assert.equal(fips186.ecdsa.length, 90);
  });

  test("of RSA are taken and refused as they should be", () => {
    const use = ({ n, e }: RsaVector) => crypto.call("useRsa", bytes(n), bytes(e));
    for (const vector of fips186.pkcs1) {
      const { hash, msg, sig, valid } = vector;
      const taken = use(vector) && crypto.call("pkcs1", hashes[hash], bytes(msg), bytes(sig));
      assert.equal(taken, valid, `PKCS#1 v1.5 ${hash} ${sig}`);
    }
    for (const vector of fips186.pss) {
      const { hash, msg, sig, salt, valid } = vector;
      const taken = use(vector) && crypto.call("pss", hashes[hash], bytes(msg), bytes(sig), salt);
      assert.equal(taken, valid, `PSS ${hash} ${sig}`);
    }
    assert.deepEqual([fips186.pkcs1.length, fips186.pss.length], [24, 24]);
  });
});

describe("the examples of JOSE", () => {
  const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];

  for (const { name, alg, key, input, signature } of jose.filter((one) => one.key.kty !== "oct")) {
    test(`${name}, is taken by ${alg} and nothing else`, () => {
      const pem = createPublicKey({ key, format: "jwk" }).export({ type: "spki", format: "pem" });
      assert.ok(crypto.call("useAny", Buffer.from(pem)));
      const taken = algorithms.filter((_, algorithm) =>
        crypto.call("verify", algorithm, Buffer.from(input), Buffer.from(signature, "base64url")),
      );
      assert.deepEqual(taken, [alg]);
    });
  }

  for (const { name, key, input, signature } of jose.filter((one) => one.key.kty === "oct")) {
    test(`${name}, has this code`, () => {
      const secret = Buffer.from(key["k"] as string, "base64url");
      const code = crypto.written("hmac", 32, 256, secret, Buffer.from(input));
      assert.equal(code.toString("base64url"), signature);
    });
  }
});

describe("the examples of RFC 8032", () => {
  test("are taken", () => {
    for (const { key, msg, sig } of ed25519) {
      assert.ok(crypto.call("useEd", bytes(key), 0));
      assert.ok(crypto.call("ed25519", bytes(msg), bytes(sig)));
    }
  });
});
