import assert from "node:assert/strict";
import { constants, createHmac, createPublicKey, verify, type KeyObject } from "node:crypto";
import { readdirSync } from "node:fs";
import { before, describe, test } from "node:test";
import { cryptoModule, hashes, type CryptoModule, type HashName } from "./module.js";
import { inScope, leftOut } from "./wycheproof-scope.js";
import { readGroups, wycheproofFolder, type Group, type Vector } from "./wycheproof.js";

const found = wycheproofFolder();
const skip = "missing" in found ? found.missing : false;
const folder = "folder" in found ? found.folder : "";

let crypto: CryptoModule;
before(async () => {
  crypto = await cryptoModule();
});

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");

/** What Node says, which refuses some inputs by an exception. */
function nodeSays(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

/** Verdicts that differ from the vectors or from Node's, as "file #id: what". */
type Differences = string[];

/** Runs every vector of a file: ours must be as the vector says, and as Node says. */
function differences(
  file: string,
  ours: (group: Group, vector: Vector) => boolean,
  nodes: (group: Group, vector: Vector) => boolean,
): Differences {
  return readGroups(folder, file)
    .filter(isOffered)
    .flatMap((group) =>
      group.tests.flatMap((vector) => {
        const own = ours(group, vector);
        const name = `${file} #${vector.tcId} ${vector.comment}`;
        const wrong = own === (vector.result === "valid") ? [] : [`${name}: ${own ? "accepted" : "refused"}`];
        const other = nodeSays(() => nodes(group, vector)) === own ? [] : [`${name}: Node differs`];
        return [...wrong, ...other];
      }),
    );
}

/** RFC 7518 section 3.5 has PSS use one hash function for the message and the mask. */
function isOffered({ sha, mgfSha }: Group): boolean {
  return sha === undefined || (sha in hashes && (mgfSha === undefined || mgfSha === sha));
}

const keys = new Map<string, KeyObject>();
function nodeKey(group: Group): KeyObject {
  const known = keys.get(group.publicKeyPem) ?? createPublicKey(group.publicKeyPem);
  keys.set(group.publicKeyPem, known);
  return known;
}

const size = (group: { sha: string }): number => hashes[group.sha as HashName];
const nodeHash = (group: Group): string => group.sha.replace("-", "").toLowerCase();

describe("Wycheproof's vectors", { skip }, () => {
  test("are of files that are in scope or left out for a reason", () => {
    const known = new Set<string>(Object.values(inScope).flat());
    const others = readdirSync(folder).filter((file) => !known.has(file));
    const unexplained = others.filter((file) => !leftOut.some(([pattern]) => pattern.test(file)));
    assert.deepEqual(unexplained, []);
  });

  test("are as many as they should be", () => {
    const count = (groups: Group[]) => groups.reduce((sum, { tests }) => sum + tests.length, 0);
    const all = Object.values(inScope)
      .flat()
      .map((file) => readGroups(folder, file));
    assert.deepEqual(
      [count(all.flat()), count(all.flat().filter((group) => !isOffered(group)))],
      [8791, 264],
    );
  });

  test("with keys of more than 4096 bits are refused with their keys", () => {
    const files = readdirSync(folder).filter((file) => file.includes("_8192_"));
    for (const group of files.flatMap((file) => readGroups(folder, file))) assert.ok(!useRsa(group));
    assert.equal(files.length, 3);
  });

  for (const file of inScope.ecdsa) {
    for (const prepared of [0, 1]) {
      test(`${file}, ${prepared ? "with" : "without"} a table`, () => {
        const raw = file.includes("p1363");
        let last: Group | null = null;
        const found = differences(
          file,
          (group, vector) => {
            const curve = group.publicKey.curve === "secp256r1" ? 256 : 384;
            const point = bytes(group.publicKey.uncompressed).subarray(1);
            if (group !== last) assert.ok(crypto.call("useEc", curve, point, prepared));
            last = group;
            const name = raw ? "ecdsa" : "ecdsaDer";
            return crypto.call(name, curve, size(group), bytes(vector.msg), bytes(vector.sig));
          },
          (group, vector) => {
            const dsaEncoding = raw ? "ieee-p1363" : "der";
            const key = { key: nodeKey(group), dsaEncoding } as const;
            return verify(nodeHash(group), bytes(vector.msg), key, bytes(vector.sig));
          },
        );
        assert.deepEqual(found, []);
      });
    }
  }

  for (const prepared of [0, 1]) {
    test(`ed25519_test.json, ${prepared ? "with" : "without"} a table`, () => {
      const found = differences(
        "ed25519_test.json",
        (group, vector) =>
          crypto.call("useEd", bytes(group.publicKey.pk), prepared) &&
          crypto.call("ed25519", bytes(vector.msg), bytes(vector.sig)),
        (group, vector) => verify(null, bytes(vector.msg), nodeKey(group), bytes(vector.sig)),
      );
      assert.deepEqual(found, []);
    });
  }

  for (const file of inScope.pkcs1) {
    test(file, () => {
      const found = differences(
        file,
        (group, vector) =>
          useRsa(group) && crypto.call("pkcs1", size(group), bytes(vector.msg), bytes(vector.sig)),
        (group, vector) => verify(nodeHash(group), bytes(vector.msg), nodeKey(group), bytes(vector.sig)),
      );
      assert.deepEqual(found, []);
    });
  }

  for (const file of inScope.pss) {
    test(file, () => {
      const found = differences(
        file,
        (group, vector) =>
          useRsa(group) && crypto.call("pss", size(group), bytes(vector.msg), bytes(vector.sig), group.sLen),
        (group, vector) => {
          const padding = constants.RSA_PKCS1_PSS_PADDING;
          const key = { key: nodeKey(group), padding, saltLength: group.sLen };
          return verify(nodeHash(group), bytes(vector.msg), key, bytes(vector.sig));
        },
      );
      assert.deepEqual(found, []);
    });
  }

  for (const file of inScope.hmac) {
    test(file, () => {
      const hash = Number(/\d+/.exec(file)![0]);
      // Shortened codes, which the library refuses to verify, are compared with the beginning of the whole one.
      const found = differences(
        file,
        (group, { key, msg, tag }) => {
          const code = crypto.written("hmac", hash / 8, hash, bytes(key), bytes(msg));
          return code.subarray(0, group.tagSize / 8).equals(bytes(tag));
        },
        (group, { key, msg, tag }) => {
          const code = createHmac(`sha${hash}`, bytes(key)).update(bytes(msg)).digest();
          return code.subarray(0, group.tagSize / 8).equals(bytes(tag));
        },
      );
      assert.deepEqual(found, []);
    });
  }
});

function useRsa({ publicKey }: Group): boolean {
  return crypto.call("useRsa", bytes(publicKey.modulus), bytes(publicKey.publicExponent));
}
