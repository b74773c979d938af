import { Bytes } from "../abi/bytes";
import { findFault } from "../config/check";
import { firstIn, member, nextAfter } from "../config/values";
import { utf8 } from "../abi/wire";
import { readJwk, refusal } from "./jwk";
import { KeySet } from "./key-set";

export { KeySet };

/** Most keys of a set that are read: what a server sends decides how long that takes. */
export const JWKS_KEYS_MAX: i32 = 64;

/**
 * Reads a JWK Set (RFC 7517, section 5) or a single JWK. Keys that cannot be used are left out, as section 5 asks, and the
 * others are not the worse for it; two with one name are both kept. Null where the text is neither.
 */
export function readKeySet(text: usize, size: usize, secrets: bool): KeySet | null {
  const start = skipBlanks(text, size);
  if (findFault(text, size) != 0 || load<u8>(start) != 0x7b) return null;
  const set = new KeySet();
  set.noteSource(text, size);
  const keys = member(start, utf8("keys"));
  if (keys == 0) {
    if (member(start, utf8("kty")) == 0) return null;
    addKey(set, "key", start, secrets);
    return set;
  }
  if (load<u8>(keys) != 0x5b) return null;
  let i = 0;
  for (let item = firstIn(keys); item != 0 && i <= JWKS_KEYS_MAX; item = nextAfter(item), ++i) {
    if (i < JWKS_KEYS_MAX) addKey(set, "keys[" + i.toString() + "]", item, secrets);
    else set.refusals.push("keys[" + i.toString() + "] and what follows: too many keys");
  }
  return set;
}

/** The same for text and bytes, for filters. */
export class Jwks {
  /** Reads a set from what a server answered. */
  static read(text: Bytes, secrets: bool = false): KeySet | null {
    const at = text.pointer;
    return readKeySet(at, text.length, secrets);
  }

  /** Reads a set from a setting. */
  static parse(text: string, secrets: bool = false): KeySet | null {
    return Jwks.read(Bytes.ofText(text), secrets);
  }
}

function addKey(set: KeySet, place: string, value: usize, secrets: bool): void {
  const key = readJwk(value, secrets);
  if (key !== null) set.keys.push(key);
  else set.refusals.push(place + ": " + refusal());
}

/** The first byte that is no white space. */
function skipBlanks(text: usize, size: usize): usize {
  let at = text;
  while (at < text + size && load<u8>(at) <= 0x20) ++at;
  return at;
}
