import { sizeOf, utf8 } from "../abi/wire";
import { Algorithm } from "../crypto/key/public-key";

/** Signature algorithms of RFC 7518, section 3.1, and RFC 8037 that are offered; those of public keys are numbered as there. */
export enum JwsAlgorithm {
  RS256 = Algorithm.RS256,
  RS384 = Algorithm.RS384,
  RS512 = Algorithm.RS512,
  PS256 = Algorithm.PS256,
  PS384 = Algorithm.PS384,
  PS512 = Algorithm.PS512,
  ES256 = Algorithm.ES256,
  ES384 = Algorithm.ES384,
  EdDSA = Algorithm.EdDSA,
  HS256,
  HS384,
  HS512,
}

/** What is no algorithm that is offered: `none`, and whatever else a name may be. */
export const NO_ALGORITHM: i32 = -1;

const COUNT = 12;

/** The algorithm of this name, exactly as it is registered; `NO_ALGORITHM` where there is none. */
export function algorithmNamed(name: usize, size: usize): i32 {
  for (let algorithm = 0; algorithm < COUNT; ++algorithm) {
    const known = nameOf(algorithm);
    if (<usize>sizeOf(known) == size && memory.compare(name, known, size) == 0) return algorithm;
  }
  return NO_ALGORITHM;
}

/** The name of an algorithm, encoded. */
export function nameOf(algorithm: JwsAlgorithm): usize {
  if (algorithm == JwsAlgorithm.RS256) return utf8("RS256");
  if (algorithm == JwsAlgorithm.RS384) return utf8("RS384");
  if (algorithm == JwsAlgorithm.RS512) return utf8("RS512");
  if (algorithm == JwsAlgorithm.PS256) return utf8("PS256");
  if (algorithm == JwsAlgorithm.PS384) return utf8("PS384");
  if (algorithm == JwsAlgorithm.PS512) return utf8("PS512");
  if (algorithm == JwsAlgorithm.ES256) return utf8("ES256");
  if (algorithm == JwsAlgorithm.ES384) return utf8("ES384");
  if (algorithm == JwsAlgorithm.EdDSA) return utf8("EdDSA");
  if (algorithm == JwsAlgorithm.HS256) return utf8("HS256");
  if (algorithm == JwsAlgorithm.HS384) return utf8("HS384");
  return utf8("HS512");
}
