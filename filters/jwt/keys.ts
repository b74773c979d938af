import { Jwks, JwsAlgorithm, KeySet, config } from "meshscript/assembly";

/** Keys that stand in the configuration. */
export class LocalJwks {
  /** A JWK set as text. Secrets for HMAC may be among its keys. */
  inline_string: string = config.text("inline_string");

  keys: KeySet = new KeySet();

  constructor() {
    const keys = Jwks.parse(this.inline_string, true);
    if (keys === null) config.problem("inline_string", "is no JWK set");
    else if (keys.keys.length == 0)
      config.problem("inline_string", "holds no key that can be used" + why(keys));
    else this.keys = keys;
  }
}

function why(keys: KeySet): string {
  return keys.refusals.length == 0 ? "" : ": " + keys.refusals[0];
}

/** Names of algorithms as a set of them, a bit for each; all when the list is empty. */
export function algorithmsIn(names: string[]): u32 {
  let set: u32 = names.length == 0 ? 0xffff : 0;
  for (let i = 0; i < names.length; ++i) {
    const algorithm = algorithmNamed(names[i]);
    if (algorithm < 0) config.problem("algorithms", "is no algorithm that is offered", i);
    else set |= 1 << algorithm;
  }
  return set;
}

/** The algorithm of a name such as `RS256`, -1 where none is offered. */
function algorithmNamed(name: string): i32 {
  if (name == "EdDSA") return JwsAlgorithm.EdDSA;
  const family = name.length == 5 ? name.charCodeAt(0) : 0;
  const digest = name.endsWith("S256") ? 0 : name.endsWith("S384") ? 1 : name.endsWith("S512") ? 2 : -1;
  if (digest < 0) return -1;
  if (family == 0x52) return JwsAlgorithm.RS256 + digest;
  if (family == 0x50) return JwsAlgorithm.PS256 + digest;
  if (family == 0x48) return JwsAlgorithm.HS256 + digest;
  return family == 0x45 && digest < 2 ? JwsAlgorithm.ES256 + digest : -1;
}
