import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** Algorithms that tokens are measured with. */
export type Algorithm = "HS256" | "RS256" | "ES256" | "EdDSA";

/** Whoever makes the tokens of a measurement. */
export interface Issuer {
  readonly algorithm: Algorithm;
  /** Its keys as a JWK Set in JSON. */
  readonly jwks: string;
  /** The nth token; all are equally long, save for signatures' own reasons. */
  token(n: number): string;
}

export const ISSUER = "perf";
/** The secret of HS256, 32 letters. */
export const SECRET = "0123456789abcdef0123456789abcdef";

const KID = "bench";
const HASHES = { HS256: "sha256", RS256: "sha256", ES256: "sha256", EdDSA: null } as const;

/** An issuer with a key of its own; HS256 has the same one each time. */
export function issuerOf(algorithm: Algorithm): Issuer {
  if (algorithm === "HS256") {
    const key = { kty: "oct", k: base64url(SECRET) };
    return issuer(algorithm, key, (text) => createHmac("sha256", SECRET).update(text).digest("base64url"));
  }
  const { publicKey, privateKey } = keyPair(algorithm);
  return issuer(algorithm, publicKey.export({ format: "jwk" }), (text) =>
    signed(algorithm, privateKey, text),
  );
}

function issuer(algorithm: Algorithm, key: object, signature: (text: string) => string): Issuer {
  const jwks = JSON.stringify({ keys: [{ ...key, alg: algorithm, kid: KID, use: "sig" }] });
  const header = base64url(JSON.stringify({ alg: algorithm, typ: "JWT" }));
  const made = new Map<number, string>();
  const token = (n: number): string => {
    const text = `${header}.${base64url(claims(n))}`;
    return `${text}.${signature(text)}`;
  };
  return {
    algorithm,
    jwks,
    token: (n) => {
      if (!made.has(n)) made.set(n, token(n));
      return made.get(n)!;
    },
  };
}

/** The claims of W3; tokens differ in when they were issued. */
function claims(n: number): string {
  const who = `"iss": "${ISSUER}", "sub": "alice", "name": "Alice Example", "roles": ["reader", "writer"]`;
  return `{${who}, "iat": ${1_700_000_000 + n}, "exp": 4102444800}`;
}

function keyPair(algorithm: Algorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === "RS256") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  if (algorithm === "ES256") return generateKeyPairSync("ec", { namedCurve: "P-256" });
  return generateKeyPairSync("ed25519");
}

function signed(algorithm: Algorithm, key: KeyObject, text: string): string {
  const options = { key, dsaEncoding: "ieee-p1363" } as const;
  return sign(HASHES[algorithm], Buffer.from(text), options).toString("base64url");
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
