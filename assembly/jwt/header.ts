import { epoch, take } from "../abi/arena";
import { sameBytes } from "../abi/compare";
import { utf8 } from "../abi/wire";
import { containerIn } from "../config/json";
import { firstIn, nameIs, nextAfter, skipText, unescape, valueOf } from "../config/values";
import { BASE64_SLACK, decodeBase64Url } from "../crypto/base64";
import { NO_ALGORITHM, algorithmNamed } from "./algorithms";
import { TokenFault } from "./fault";

// The JOSE header of a token (RFC 7515, section 4). An issuer's tokens have the same one as long as it has the same key: what
// the last accepted one came to is remembered with its text.

/** A header that was read: it stands in the arena, or in static memory where it was remembered. */
@unmanaged
export class JoseHeader {
  /** The JSON object. */
  json: usize;
  jsonSize: usize;
  /** One that is offered, or `NO_ALGORITHM`. */
  algorithm: i32;
  /** The name of the key, escapes resolved; `hasKid` says whether there is one. */
  kid: usize;
  kidSize: usize;
  hasKid: bool;
  fault: TokenFault;
}

/** Longest text that is remembered. */
const TEXT_MAX: usize = 512;
const TEXT = memory.data(512, 16);
/** What it was decoded to, and behind that the name of the key. */
const JSON_ROOM = memory.data(800, 16);
const REMEMBERED = changetype<JoseHeader>(memory.data(32, 8));
let rememberedSize: usize = 0;
/** The callback in which it was given out last: then it stays as it is. */
let usedIn: u32 = 0;

/** Reads a header's text in base64url. What is wrong with it is in its `fault`. */
export function readHeader(text: usize, size: usize): JoseHeader {
  if (size == rememberedSize && sameBytes(text, TEXT, size)) {
    usedIn = epoch;
    return REMEMBERED;
  }
  const header = changetype<JoseHeader>(take(offsetof<JoseHeader>()));
  memory.fill(changetype<usize>(header), 0, offsetof<JoseHeader>());
  header.algorithm = NO_ALGORITHM;
  // Behind the JSON there is room for the name of the key, which is part of it.
  const room = take(size * 2 + BASE64_SLACK);
  const decoded = decodeBase64Url(text, size, room);
  header.jsonSize = max(decoded, 0);
  header.json = decoded > 0 ? containerIn(room, decoded) : 0;
  header.kid = room + header.jsonSize;
  if (header.json == 0 || load<u8>(header.json) != 0x7b) header.fault = TokenFault.Header;
  else header.fault = readMembers(header);
  return header;
}

/** Remembers a header, when a token with it was accepted. */
export function rememberHeader(header: JoseHeader, text: usize, size: usize): void {
  if (header == REMEMBERED || size > TEXT_MAX || usedIn == epoch) return;
  const before = header.kid - header.jsonSize;
  memory.copy(TEXT, text, size);
  memory.copy(JSON_ROOM, before, header.jsonSize + header.kidSize);
  memory.copy(changetype<usize>(REMEMBERED), changetype<usize>(header), offsetof<JoseHeader>());
  REMEMBERED.json = JSON_ROOM + (header.json - before);
  REMEMBERED.kid = JSON_ROOM + header.jsonSize;
  rememberedSize = size;
}

function readMembers(header: JoseHeader): TokenFault {
  let alg: usize = 0;
  let kid: usize = 0;
  for (let name = firstIn(header.json); name != 0; name = nextAfter(valueOf(name))) {
    // Whoever asks for something that changes what is signed, or how, asks in vain (RFC 7515, section 4.1.11; RFC 7797).
    if (nameIs(name, utf8("crit")) || nameIs(name, utf8("b64"))) return TokenFault.Critical;
    const isAlg = nameIs(name, utf8("alg"));
    if (!isAlg && !nameIs(name, utf8("kid"))) continue;
    const value = valueOf(name);
    // Twice: nobody can tell which one counts.
    if (load<u8>(value) != 0x22 || (isAlg ? alg : kid) != 0) return TokenFault.Header;
    if (isAlg) alg = value;
    else kid = value;
  }
  if (alg == 0) return TokenFault.Header;
  header.algorithm = algorithmNamed(alg + 1, skipText(alg) - alg - 2);
  header.hasKid = kid != 0;
  if (kid != 0) header.kidSize = unescape(kid, header.kid) - header.kid;
  return header.algorithm == NO_ALGORITHM ? TokenFault.Algorithm : TokenFault.None;
}
