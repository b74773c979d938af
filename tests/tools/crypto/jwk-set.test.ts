import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { packageRoot } from "../../../tools/package-root.js";
import { cryptoModule, type CryptoModule } from "./module.js";

interface Decided {
  what: string;
  key: Record<string, unknown>;
  /** Why it is not taken, null where it is. */
  refused: string | null;
  /** The same for a key in a configuration, where secrets are welcome. */
  refusedInline?: string | null;
  signed?: { alg: string; text: string; signature: string };
}

const path = join(packageRoot, "tests/fixtures/crypto/jwk-set.json");
const { keys } = JSON.parse(readFileSync(path, "utf8")) as { keys: Decided[] };
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA", "HS256"];

let module: CryptoModule;
before(async () => {
  module = await cryptoModule("jwt/module");
});

function read(set: readonly Decided[], secrets: boolean): { taken: number; refusals: string[] } {
  const text = Buffer.from(JSON.stringify({ keys: set.map(({ key }) => key) }));
  const taken = module.number("readSet", text, secrets ? 1 : 0);
  return { taken, refusals: module.text("refusals").split("\n").filter(Boolean) };
}

for (const secrets of [false, true]) {
  const decisionOf = ({ refused, refusedInline }: Decided): string | null =>
    secrets && refusedInline !== undefined ? refusedInline : refused;

  describe(secrets ? "in a configuration" : "from a server", () => {
    test("a set of 26 keys has a decision about each", () => {
      const { taken, refusals } = read(keys, secrets);
      const wanted = keys.flatMap((one, at) =>
        decisionOf(one) === null ? [] : [`keys[${at}]: ${decisionOf(one)}`],
      );
      assert.deepEqual(refusals, wanted);
      assert.deepEqual([taken + refusals.length, keys.length], [26, 26]);
    });

    for (const one of keys) {
      const decision = decisionOf(one);
      test(`${one.what}: ${decision ?? "taken"}`, () => {
        const { taken, refusals } = read([one], secrets);
        assert.deepEqual(refusals, decision === null ? [] : [`keys[0]: ${decision}`]);
        assert.equal(taken, decision === null ? 1 : 0);
      });
    }

    test("each key that is taken verifies its own signatures by its own algorithm, and no other's", () => {
      read(keys, secrets);
      const taken = keys.filter((one) => decisionOf(one) === null);
      for (const { what, signed } of taken) {
        const [text, signature] = [Buffer.from(signed!.text), Buffer.from(signed!.signature, "base64url")];
        const verifying = taken.flatMap((other, place) =>
          algorithms
            .filter((_, algorithm) => module.call("verifiesBy", place, algorithm, text, signature))
            .map((algorithm) => `${other.what} by ${algorithm}`),
        );
        assert.deepEqual(verifying, [`${what} by ${signed!.alg}`]);
      }
    });
  });
}
