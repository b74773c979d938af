import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../package-root.js";

/** A key that signs, and what its verifier has. */
export interface TestKey {
  kid: string;
  alg: string;
  /** What signs, and what verifies: the same for secrets. */
  signs: KeyObject;
  verifies: KeyObject;
  /** What stands in a JWK set. */
  jwk: JsonWebKey;
}

type Held = JsonWebKey & { kid: string; alg: string };

/** Keys that open nothing: runs of one seed must not differ. */
export const testKeys: readonly TestKey[] = (
  JSON.parse(readFileSync(join(packageRoot, "tests/fuzz/keys.json"), "utf8")) as Held[]
).map(testKey);

function testKey(held: Held): TestKey {
  const { kid, alg } = held;
  if (held.kty === "oct") {
    const secret = createSecretKey(Buffer.from(held.k!, "base64url"));
    return { kid, alg, signs: secret, verifies: secret, jwk: held };
  }
  const signs = createPrivateKey({ key: held, format: "jwk" });
  const verifies = createPublicKey(signs);
  return { kid, alg, signs, verifies, jwk: { ...verifies.export({ format: "jwk" }), kid } };
}

export function keyNamed(kid: string): TestKey {
  return testKeys.find((key) => key.kid === kid)!;
}
