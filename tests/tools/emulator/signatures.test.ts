import assert from "node:assert/strict";
import { constants, generateKeyPairSync, sign, verify, type KeyObject } from "node:crypto";
import { test } from "node:test";
import { message, spelled } from "./support/messages.js";
import { answers } from "./support/services.js";

const text = Buffer.from("hello");
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed25519 = generateKeyPairSync("ed25519");
const secp256k1 = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
const pss = { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };

const der = (key: KeyObject) =>
  key.export(
    key.type === "public" ? { type: "spki", format: "der" } : { type: "pkcs8", format: "der" },
  ) as Buffer;
const pem = (key: KeyObject) =>
  key.export(
    key.type === "public" ? { type: "spki", format: "pem" } : { type: "pkcs8", format: "pem" },
  ) as string;
const signed = (key: KeyObject, hash = "sha256") => sign(hash, text, key);

const yes = "0 %08%01";
const mismatch = "0 %12&Failed to verify digest. Error code: 0";
const noKey = "0 %12#Failed to initialize digest verify.";

type Fields = Parameters<typeof message>[0];
const good: Fields = { 1: "sha256", 2: der(rsa.publicKey), 3: signed(rsa.privateKey), 4: text };
const byPem: Fields = { 1: "sha256", 3: signed(rsa.privateKey), 4: text };

/** Each with what Envoy 1.40 answers. */
const verifications: [what: string, fields: Fields, answer: string][] = [
  ["a key in DER", good, yes],
  ["a key in PEM", { ...byPem, 5: pem(rsa.publicKey) }, yes],
  ["a key in PEM amid other text", { ...byPem, 5: `junk\n${pem(rsa.publicKey)}junk` }, yes],
  ["the first of two keys", { ...byPem, 5: pem(p256.publicKey) + pem(rsa.publicKey) }, mismatch],
  ["bytes behind a key in DER", { ...good, 2: Buffer.concat([der(rsa.publicKey), text]) }, yes],
  ["a hash in capitals", { ...good, 1: "SHA256" }, yes],
  ["sha512", { ...good, 1: "sha512", 3: signed(rsa.privateKey, "sha512") }, yes],
  ["a hash that was not used", { ...good, 1: "sha1" }, mismatch],
  ["a hash that is none", { ...good, 1: "sha-256" }, "0 %12%19sha-256 is not supported."],
  ["no hash", { ...good, 1: "" }, "0 %12%12 is not supported."],
  ["md5 and no key to speak of", { ...good, 1: "md5", 2: "x" }, "0 %12%15md5 is not supported."],
  ["another text", { ...good, 4: "hallo" }, mismatch],
  ["no signature", { ...good, 3: "" }, mismatch],
  ["a padding of the other kind", { ...good, 3: sign("sha256", text, pss) }, mismatch],
  ["P-256", { ...good, 2: der(p256.publicKey), 3: signed(p256.privateKey) }, yes],
  [
    "P-256 with a signature as in a JWT",
    {
      ...good,
      2: der(p256.publicKey),
      3: sign("sha256", text, { key: p256.privateKey, dsaEncoding: "ieee-p1363" }),
    },
    mismatch,
  ],
  ["secp256k1", { ...good, 2: der(secp256k1.publicKey), 3: signed(secp256k1.privateKey) }, noKey],
  ["Ed25519", { ...good, 2: der(ed25519.publicKey), 3: sign(null, text, ed25519.privateKey) }, noKey],
  ["a key that is none", { ...good, 2: "x" }, noKey],
  ["a private key", { ...byPem, 5: pem(rsa.privateKey) }, noKey],
  ["PKCS#1", { ...good, 2: rsa.publicKey.export({ type: "pkcs1", format: "der" }) }, noKey],
  ["two keys", { ...good, 5: pem(rsa.publicKey) }, "2 "],
  ["no key", byPem, "2 "],
  ["a name that is no text", { ...good, 1: Buffer.from([0xff]) }, "2 "],
];

test("signatures are verified as Envoy does it", async () => {
  const script = verifications.map(([, fields]) => `foreign verify_signature ${spelled(message(fields))}`);
  const said = await answers(script.join("\n"));
  assert.deepEqual(
    said.map((line, index) => [verifications[index]![0], line]),
    verifications.map(([what, , answer]) => [what, `foreign verify_signature: ${answer}`]),
  );
});

const noPrivateKey = "0 %1a=Invalid key type: private key required for signing operation.";

const refusedToSign: [what: string, fields: Fields, answer: string][] = [
  ["a public key", { 1: "sha256", 2: der(rsa.publicKey), 3: text }, noPrivateKey],
  ["a key that is none", { 1: "sha256", 4: "x", 3: text }, noPrivateKey],
  [
    "PKCS#1 in DER",
    { 1: "sha256", 2: rsa.privateKey.export({ type: "pkcs1", format: "der" }), 3: text },
    noPrivateKey,
  ],
  ["secp256k1", { 1: "sha256", 2: der(secp256k1.privateKey), 3: text }, noPrivateKey],
  [
    "Ed25519",
    { 1: "sha256", 2: der(ed25519.privateKey), 3: text },
    "0 %1a8Invalid private key: key data is corrupted or malformed.",
  ],
  ["md5", { 1: "md5", 2: der(rsa.privateKey), 3: text }, "0 %1a%15md5 is not supported."],
  ["two keys", { 1: "sha256", 2: der(rsa.privateKey), 4: pem(rsa.privateKey), 3: text }, "2 "],
  ["no key", { 1: "sha256", 3: text }, "2 "],
];

test("what Envoy does not sign with is refused in its words", async () => {
  const said = await answers(
    refusedToSign.map(([, fields]) => `foreign sign ${spelled(message(fields))}`).join("\n"),
  );
  assert.deepEqual(
    said.map((line, index) => [refusedToSign[index]![0], line]),
    refusedToSign.map(([what, , answer]) => [what, `foreign sign: ${answer}`]),
  );
});

const signers: [what: string, key: Fields, pair: { publicKey: KeyObject }][] = [
  ["RSA in DER", { 2: der(rsa.privateKey) }, rsa],
  ["RSA in PEM", { 4: pem(rsa.privateKey) }, rsa],
  ["RSA as PKCS#1 in PEM", { 4: rsa.privateKey.export({ type: "pkcs1", format: "pem" }) }, rsa],
  ["P-256 in DER", { 2: der(p256.privateKey) }, p256],
  ["P-256 as SEC 1 in PEM", { 4: p256.privateKey.export({ type: "sec1", format: "pem" }) }, p256],
];

for (const [what, key, { publicKey }] of signers) {
  test(`a signature with ${what} is one`, async () => {
    const [said] = await answers(`foreign sign ${spelled(message({ 1: "sha256", ...key, 3: text }))}`);
    const result = /^foreign sign: 0 (.*)$/.exec(said!)![1]!;
    const bytes = Buffer.from(
      result.replace(/%(..)/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      "latin1",
    );
    const head = bytes.indexOf(0x12) + (bytes[3]! > 127 ? 3 : 2);
    assert.deepEqual([...bytes.subarray(0, 3)], [8, 1, 0x12]);
    assert.ok(verify("sha256", text, publicKey, bytes.subarray(head)));
  });
}

test("what is no message is a bad argument", async () => {
  const cut = message(good).subarray(0, -1);
  const said = await answers(
    `foreign verify_signature %ff%ff\nforeign verify_signature ${spelled(cut)}\nforeign sign %0f`,
  );
  assert.deepEqual(said, [
    "foreign verify_signature: 2 ",
    "foreign verify_signature: 2 ",
    "foreign sign: 2 ",
  ]);
});
