import assert from "node:assert/strict";
import { test } from "node:test";
import { isGood, type Asked } from "../../../tools/fuzz/guards/jwt-verdict.js";
import { keyNamed } from "../../../tools/fuzz/guards/keys.js";
import { signatureBy } from "../../../tools/fuzz/guards/signatures.js";

const now = 1_767_225_600;
const asked: Asked = { keys: [keyNamed("test-es")], issuer: "https://issuer.test", audiences: ["shop"] };
const claims = { iss: "https://issuer.test", aud: "shop", exp: now + 300 };

function token(header: object, payload: object, kid = "test-es", alg = "ES256"): string {
  const text = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${signatureBy(alg, keyNamed(kid).signs, Buffer.from(text)).toString("base64url")}`;
}

const good = token({ alg: "ES256", kid: "test-es" }, claims);

test("a token by the key, in time, for the audience, is a good one", () => {
  assert.ok(isGood(good, asked, now));
  assert.ok(isGood(token({ alg: "ES256" }, { ...claims, aud: ["x", "shop"] }), asked, now));
});

const bad: [what: string, token: string, at?: number][] = [
  ["with an algorithm of another kind of key", token({ alg: "HS256" }, claims, "test-es", "HS256")],
  ["without a signature", `${good.slice(0, good.lastIndexOf("."))}.`],
  ["that says none", token({ alg: "none" }, claims)],
  ["by a stranger", token({ alg: "ES256" }, claims, "test-stranger")],
  ["that names another key", token({ alg: "ES256", kid: "x" }, claims)],
  ["with a critical extension", token({ alg: "ES256", crit: ["exp"] }, claims)],
  ["that has expired", good, now + 362],
  ["of the future", token({ alg: "ES256" }, { ...claims, nbf: now + 100 })],
  ["without an end", token({ alg: "ES256" }, { ...claims, exp: undefined })],
  ["by another issuer", token({ alg: "ES256" }, { ...claims, iss: "x" })],
  ["for somebody else", token({ alg: "ES256" }, { ...claims, aud: ["other"] })],
  ["whose signature is spelled otherwise", `${good}A`],
];
for (const [what, one, at = now] of bad) {
  test(`a token ${what} is none`, () => {
    assert.ok(!isGood(one, asked, at));
  });
}
