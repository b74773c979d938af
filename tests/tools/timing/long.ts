import { createHmac, randomFillSync } from "node:crypto";
import { cryptoModule, type CryptoModule } from "../crypto/module.js";
import { largestT, limit } from "./dudect.js";
import { key, secret, text } from "./library.js";

/** Measured times of a comparison: the worst t that Welch's test gives for two kinds of inputs. */
export interface Measured {
  name: string;
  t: number;
  /** Whether t is what it should be. */
  isRight: boolean;
}

interface Subject {
  name: string;
  export: string;
  /** What stands before the bytes that are compared. */
  before: Buffer[];
  /** What would be right. */
  right: Buffer;
  /** The inputs of both kinds are of one kind: nothing may be found. */
  isControl?: boolean;
  leaks?: boolean;
}

const code = (bits: number): Buffer => createHmac(`sha${bits}`, key).update(text).digest();
const verified = (bits: number): Subject => ({
  name: `a code of HMAC with SHA-${bits}`,
  export: `hs${bits}Verifies`,
  before: [text],
  right: code(bits),
});
const subjects: readonly Subject[] = [
  { ...verified(256), name: "control: inputs of one kind", isControl: true },
  {
    name: "control: a comparison that stops early",
    export: "leaks",
    before: [secret],
    right: secret,
    leaks: true,
  },
  verified(256),
  verified(384),
  verified(512),
  { name: "a secret among others", export: "matches", before: [], right: secret },
];

/** Measures whether it can be told if all but the end of an input is right, or nothing of it; so many samples of each. */
export async function measureComparisons(samples: number): Promise<Measured[]> {
  const module = await cryptoModule("crypto/timing");
  module.call("useHmacKey", key);
  for (const one of [secret, ...Array.from({ length: 3 }, (_, at) => Buffer.from(`test-key-${at}`))])
    module.call("addSecret", one);
  return subjects.map((subject) => {
    const t = largestT(inputsOf(subject, module), samples);
    const isRight = Math.abs(t) > limit === (subject.leaks ?? false);
    return { name: subject.name, t, isRight };
  });
}

/**
 * Both kinds of inputs are made in one place by the same steps: where they stand, and what making them leaves in the caches,
 * must not tell them apart.
 */
function inputsOf({ export: called, before, right, isControl }: Subject, module: CryptoModule) {
  const [noise, input] = [new Uint8Array(right.length), new Uint8Array(right.length)];
  // A wrong end has to have many values: what is looked up by digests takes as long as those have it, near or far.
  const end = right.length - 8;
  return (kind: 0 | 1): (() => number) => {
    randomFillSync(noise);
    const mask = isControl || kind === 1 ? 0xff : 0;
    for (let at = 0; at < end; at++) input[at] = right[at]! ^ (noise[at]! & mask);
    for (let at = end; at < input.length; at++) input[at] = right[at]! ^ (noise[at]! | 1);
    return module.ready(called, ...before, input);
  };
}
