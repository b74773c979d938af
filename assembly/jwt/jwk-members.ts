import { utf8 } from "../abi/wire";
import { firstIn, nameIs, nextAfter, valueOf } from "../config/values";

/** The members of a JWK (RFC 7517, section 4; RFC 7518, section 6; RFC 8037, section 2) where they stand, 0 where absent. */
export class JwkMembers {
  kty: usize = 0;
  use: usize = 0;
  keyOps: usize = 0;
  alg: usize = 0;
  kid: usize = 0;
  crv: usize = 0;
  x: usize = 0;
  y: usize = 0;
  n: usize = 0;
  e: usize = 0;
  k: usize = 0;
  /** The private part of any public key. */
  d: usize = 0;
  /** Whether one of them is there twice: then nobody can tell which one counts. */
  isAmbiguous: bool = false;

  /** Finds the members of an object; others are ignored (RFC 7517, section 4). */
  constructor(jwk: usize) {
    for (let name = firstIn(jwk); name != 0; name = nextAfter(valueOf(name))) {
      const value = valueOf(name);
      if (nameIs(name, utf8("kty"))) this.kty = this.once(this.kty, value);
      else if (nameIs(name, utf8("use"))) this.use = this.once(this.use, value);
      else if (nameIs(name, utf8("key_ops"))) this.keyOps = this.once(this.keyOps, value);
      else if (nameIs(name, utf8("alg"))) this.alg = this.once(this.alg, value);
      else if (nameIs(name, utf8("kid"))) this.kid = this.once(this.kid, value);
      else if (nameIs(name, utf8("crv"))) this.crv = this.once(this.crv, value);
      else if (nameIs(name, utf8("x"))) this.x = this.once(this.x, value);
      else if (nameIs(name, utf8("y"))) this.y = this.once(this.y, value);
      else if (nameIs(name, utf8("n"))) this.n = this.once(this.n, value);
      else if (nameIs(name, utf8("e"))) this.e = this.once(this.e, value);
      else if (nameIs(name, utf8("k"))) this.k = this.once(this.k, value);
      else if (nameIs(name, utf8("d"))) this.d = this.once(this.d, value);
    }
  }

  private once(before: usize, value: usize): usize {
    if (before != 0) this.isAmbiguous = true;
    return value;
  }
}
