import { createHash, createHmac, randomBytes } from "node:crypto";
import { cryptoModule, type CryptoModule } from "../crypto/module.js";
import { instrument } from "../../../bench/wasm/instrument.js";

/** The library's comparisons as a module, and how many instructions each call takes where that is counted. */
export interface Comparisons extends CryptoModule {
  instructionsOf(name: string, ...values: Uint8Array[]): number;
}

export async function comparisons(counted: boolean): Promise<Comparisons> {
  let counters: readonly string[] = [];
  const module = await cryptoModule("crypto/timing", (binary) => {
    if (!counted) return binary;
    const counting = instrument(binary, {});
    counters = counting.instructions;
    return counting.binary;
  });
  const total = () => counters.reduce((sum, name) => sum + module.global(name), 0);
  return {
    ...module,
    instructionsOf(name, ...values) {
      const before = total();
      module.call(name, ...values);
      return total() - before;
    },
  };
}

/** A comparison, and inputs that an attacker would like to tell apart. */
export interface Compared {
  name: string;
  /** What the module exports, and what it is told first. */
  export: string;
  prepare(module: CryptoModule): void;
  /** Inputs by what is wrong with them. */
  inputs: Record<string, () => Uint8Array[]>;
}

export const text = Buffer.from("GET\n/orders?id=17\n1764000000\napplication/json");
export const key = Buffer.from("test-key-".repeat(8));
export const secret = Buffer.from("test-key-of-alice-0123456789abcdef");

const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1 + Math.floor(Math.random() * 254);
  return copy;
};

function hmac(bits: 256 | 384 | 512): Compared {
  const code = createHmac(`sha${bits}`, key).update(text).digest();
  return {
    name: `a code of HMAC with SHA-${bits}`,
    export: `hs${bits}Verifies`,
    prepare: (module) => void module.call("useHmacKey", key),
    inputs: {
      "is right": () => [text, code],
      "differs in its first byte": () => [text, changed(code, 0)],
      "differs in its last byte": () => [text, changed(code, code.length - 1)],
      "differs in all bytes": () => [text, randomBytes(code.length)],
    },
  };
}

/** What decides where a digest is looked up; of that, a few bits. */
const placeOf = (bytes: Buffer): number => createHash("sha256").update(bytes).digest()[0]!;
const fewBits = 7;

/** Inputs that are looked up where the right one is, or elsewhere, however large the table may be. */
function inPlace(wanted: boolean, make: () => Buffer): () => Uint8Array[] {
  return () => {
    for (;;) {
      const bytes = make();
      const apart = placeOf(bytes) ^ placeOf(secret);
      if (wanted ? apart === 0 : (apart & fewBits) !== 0) return [bytes];
    }
  };
}

const secrets: Compared = {
  name: "a secret",
  export: "matches",
  prepare: (module) => void module.call("addSecret", secret),
  inputs: {
    "differs in its first byte": inPlace(false, () => changed(secret, 0)),
    "differs in its last byte": inPlace(false, () => changed(secret, secret.length - 1)),
    "differs in all bytes": inPlace(false, () => randomBytes(secret.length)),
  },
};

/** Wrong ones that are looked up where the right one is: then digests are compared as a whole. */
const neighbours: Compared = {
  ...secrets,
  name: "a secret whose digest begins as the right one's",
  inputs: {
    "differs in its first bytes": inPlace(true, () => changed(changed(secret, 0), 1)),
    "differs in its last bytes": inPlace(true, () =>
      changed(changed(secret, secret.length - 1), secret.length - 2),
    ),
    "differs in all bytes": inPlace(true, () => randomBytes(secret.length)),
  },
};

export const compared: readonly Compared[] = [hmac(256), hmac(384), hmac(512), secrets, neighbours];
