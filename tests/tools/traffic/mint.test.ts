import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { UserError } from "../../../tools/errors.js";
import { bytesOf, withKeys, type RawMade } from "../../../tools/traffic/mint/index.js";
import { parseCase } from "../../../tools/traffic/index.js";

interface Token {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  signed: string;
  signature: Buffer;
}

function token(text: string): Token {
  const [header, claims, signature] = text.split(".") as [string, string, string];
  const decoded = (part: string): Record<string, unknown> =>
    JSON.parse(Buffer.from(part, "base64url").toString());
  return {
    header: decoded(header),
    claims: decoded(claims),
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, "base64url"),
  };
}

const made = (value: RawMade): string => bytesOf(value);
const publicKey = (name: string) => createPublicKey(made({ pem: name }));

test("a token is signed by the key that it names, in the form of tokens", () => {
  const { header, signed, signature } = token(made({ jwt: { key: "es256-a" } }));
  assert.deepEqual(header, { alg: "ES256", typ: "JWT", kid: "es256-a" });
  const key = { key: publicKey("es256-a"), dsaEncoding: "ieee-p1363" as const };
  assert.ok(verify("sha256", Buffer.from(signed), key, signature));
});

test("each kind of key signs as its name says", () => {
  for (const [name, algorithm] of [
    ["rs384-a", "RS384"],
    ["ps256-a", "PS256"],
    ["hs512-a", "HS512"],
    ["eddsa-a", "EdDSA"],
  ] as const) {
    assert.equal(token(made({ jwt: { key: name } })).header.alg, algorithm);
  }
});

test("times are seconds from now where they are texts with a sign", () => {
  const now = Math.floor(Date.now() / 1000);
  const { claims } = token(
    made({ jwt: { key: "hs256-a", claims: { exp: "-60", nbf: 17, sub: null, aud: "+1" } } }),
  );
  assert.ok(Math.abs(Number(claims.exp) - (now - 60)) <= 1);
  assert.deepEqual([claims.nbf, claims.sub, claims.aud], [17, undefined, "+1"]);
});

test("a tampered token has a signature that is not its own", () => {
  const { signed, signature } = token(made({ jwt: { key: "rs256-a", tamper: "signature" } }));
  assert.ok(!verify("sha256", Buffer.from(signed), publicKey("rs256-a"), signature));
});

test("a configuration holds the public halves of the keys that sign", () => {
  const config = withKeys({
    a: [{ jwks: ["es256-a", { key: "rs256-a", kid: null, use: "enc" }] }],
    b: { jwks: "x" },
  });
  const { a, b } = config as { a: [string]; b: unknown };
  const [first, second] = JSON.parse(a[0]).keys;
  assert.deepEqual([first.kid, first.crv, first.d], ["es256-a", "P-256", undefined]);
  assert.deepEqual([second.kid, second.use, second.alg], [undefined, "enc", "RS256"]);
  assert.deepEqual(b, { jwks: "x" });
});

test("a request with a credential is made anew each time it is sent, another is not", () => {
  const send = { headers: { authorization: { jwt: { key: "es256-a" }, prefix: "Bearer " } } };
  const one = parseCase({ name: "x", send, client: { status: 200 } }, "here");
  const sent = () => one.remake?.().lines.find(([name]) => name === "authorization")?.[1];
  assert.match(sent() ?? "", /^Bearer ey/);
  assert.notEqual(sent(), sent());
  assert.equal(parseCase({ name: "x", client: { status: 200 } }, "here").remake, null);
});

test("a credential may stand within a path", () => {
  const path = { joined: ["/a?t=", { jwt: { key: "hs256-a" } }, "&b=1"] };
  const one = parseCase({ name: "x", send: { path }, client: { status: 200 } }, "here");
  assert.match(one.send.path, /^\/a\?t=ey[^&]+&b=1$/);
});

test("what nobody can make is the user's mistake", () => {
  assert.throws(() => made({ prefix: "x" }), UserError);
  assert.throws(() => made({ jwt: { key: "rot13-a" } }), UserError);
});
