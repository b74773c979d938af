import { createSecretKey, generateKeyPairSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { UserError } from "../../errors.js";

/** A key of this process: nobody else ever has it. */
export interface MintedKey {
  name: string;
  /** As a token's header says it, `HS256` to `EdDSA`. */
  algorithm: string;
  /** The secret itself for HS256 and its like. */
  private: KeyObject;
  public: KeyObject;
}

const made = new Map<string, MintedKey>();

const CURVES: Record<string, string> = {
  es256: "P-256",
  es384: "P-384",
  es512: "P-521",
  es256k: "secp256k1",
};

/**
 * The key of a name such as `es256-a`: its kind, a size in bits where it is not the usual one (`rs256-1024-weak`), and any
 * further word. The same name is the same key throughout the process.
 */
export function keyNamed(name: string): MintedKey {
  const known = made.get(name);
  if (known) return known;
  const key = make(name);
  made.set(name, key);
  return key;
}

function make(name: string): MintedKey {
  const [, kind = "", bits] = /^([a-z0-9]+)(?:-([0-9]+))?-[a-z0-9-]*[a-z][a-z0-9-]*$/.exec(name) ?? [];
  if (kind === "eddsa") return pair(name, "EdDSA", generateKeyPairSync("ed25519"));
  if (kind in CURVES) {
    const algorithm = kind.toUpperCase();
    return pair(name, algorithm, generateKeyPairSync("ec", { namedCurve: CURVES[kind]! }));
  }
  const family = /^(hs|rs|ps)(256|384|512)$/.exec(kind);
  if (family === null) throw unknownKind(name);
  const algorithm = kind.toUpperCase();
  if (family[1] !== "hs")
    return pair(name, algorithm, generateKeyPairSync("rsa", { modulusLength: Number(bits ?? 2048) }));
  const secret = createSecretKey(randomBytes(Number(bits ?? family[2]) / 8));
  return { name, algorithm, private: secret, public: secret };
}

function pair(
  name: string,
  algorithm: string,
  keys: { privateKey: KeyObject; publicKey: KeyObject },
): MintedKey {
  return { name, algorithm, private: keys.privateKey, public: keys.publicKey };
}

function unknownKind(name: string): UserError {
  return new UserError(
    `${JSON.stringify(name)} is no name of a key`,
    "Names begin with a kind, as es256-a: hs, rs, ps or es with 256, 384 or 512, or eddsa.",
  );
}
