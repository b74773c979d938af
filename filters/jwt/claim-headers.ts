import { Bytes, Json, config } from "meshscript/assembly";

export class ClaimToHeader {
  /** Header that tells the upstream. What a client sends in it never gets through. */
  header_name: string = config.headerName("header_name");
  /** Claim whose value it gets; `a.b` is member `b` of `a` where no claim is called `a.b`. */
  claim_name: string = config.text("claim_name");
}

/**
 * The value of a claim as a header has it: a text as it is, numbers and flags as in JSON, lists and objects as base64 of
 * their JSON. Null where there is none.
 */
export function headerValue(claims: Json, name: string): Bytes | null {
  const claim = claimAt(claims, name);
  if (claim === null || claim.isNull) return null;
  return claim.isList || claim.isObject ? base64(claim.written) : claim.bytes;
}

/** A claim by its name, or by its path. */
export function claimAt(claims: Json, name: string): Json | null {
  let claim = claims.get(name);
  if (claim !== null) return claim;
  claim = claims;
  let start = 0;
  while (claim !== null && start <= name.length) {
    let end = name.indexOf(".", start);
    if (end < 0) end = name.length;
    claim = claim.get(name.substring(start, end));
    start = end + 1;
  }
  return claim;
}

function base64(bytes: Bytes): Bytes {
  const at = bytes.pointer;
  const size = bytes.length;
  const text = new Uint8Array(((size + 2) / 3) * 4);
  for (let i = 0, to = 0; i < size; i += 3) {
    let group: u32 = (<u32>load<u8>(at + i)) << 16;
    if (i + 1 < size) group |= (<u32>load<u8>(at + i + 1)) << 8;
    if (i + 2 < size) group |= load<u8>(at + i + 2);
    for (let j = 0; j < 4; ++j, group <<= 6) unchecked((text[to++] = i + j > size ? 0x3d : letter(group)));
  }
  return Bytes.of(text);
}

/** The letter for the upper six of 24 bits. */
function letter(group: u32): u8 {
  const six = (group >> 18) & 63;
  if (six < 26) return <u8>(0x41 + six);
  if (six < 52) return <u8>(0x47 + six);
  if (six < 62) return <u8>(six - 4);
  return six == 62 ? 0x2b : 0x2f;
}
