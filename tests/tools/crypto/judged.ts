import { hashes, type HashName } from "./module.js";
import { readGroups, type Group, type Vector } from "./wycheproof.js";

/** A vector as the filter in tests/unit/crypto/verdicts.ts takes it. */
export interface Judged {
  name: string;
  isValid: boolean;
  bytes: Buffer;
}

/** The vectors of a file of RSA with PKCS#1 v1.5, or of ECDSA. */
export function judged(folder: string, file: string): Judged[] {
  return readGroups(folder, file).flatMap((group) =>
    group.tests.map((vector) => ({
      name: `${file} #${vector.tcId} ${vector.comment}`,
      isValid: vector.result === "valid",
      bytes: encoded(group, vector, file.includes("p1363")),
    })),
  );
}

function encoded(group: Group, vector: Vector, isRaw: boolean): Buffer {
  const { publicKey, publicKeyPem, sha } = group;
  const curve = publicKey.curve === undefined ? 0 : Number(/\d+/.exec(publicKey.curve)![0]);
  const numbers =
    curve > 0 ? [publicKey.uncompressed.slice(2), ""] : [publicKey.modulus, publicKey.publicExponent];
  const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");
  const parts = [...numbers.map(bytes), Buffer.from(publicKeyPem), bytes(vector.sig), bytes(vector.msg)];
  const sizes = parts.map((part) => part.length);
  const head = Buffer.alloc(20);
  const fields = [curve, hashes[sha as HashName], isRaw ? 1 : 0, ...sizes.slice(0, 4)];
  fields.forEach((field, at) => head.writeUInt16LE(field, 2 * at));
  head.writeUInt32LE(sizes[4]!, 16);
  return Buffer.concat([head, ...parts]);
}
