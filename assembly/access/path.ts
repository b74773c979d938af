import { take } from "../abi/arena";
import { Bytes } from "../abi/bytes";
import { sameBytes } from "../abi/compare";
import { hexDigit } from "../abi/digits";
import { Request } from "../http/message";

// Proxies and upstreams read one path in many ways. Rules look at one spelling of it, and a path that some would read
// as another one is refused rather than guessed at.

const SLASH: u32 = 0x2f;
const DOT: u32 = 0x2e;
const PERCENT: u32 = 0x25;
const SEMICOLON: u32 = 0x3b;

/**
 * The path of a request in the spelling that rules are written in, valid until the callback returns: without query;
 * escapes of characters that may stand plainly resolved, all others in capitals, and characters that may not stand
 * plainly escaped; without `;parameters`; slashes in a row merged; dot segments resolved.
 * null where readers would differ: a slash, backslash, semicolon or control character in escapes, an escape that is
 * none, an overlong form of UTF-8, a backslash, `#`, a dot segment with parameters, `..` behind slashes in a row, or no
 * slash at the beginning. `*` of OPTIONS stays, and the absent path of CONNECT is empty: no path of a rule fits those.
 */
export function normalPath(request: Request): Bytes | null {
  const path = request.headers.getBytes(":path");
  if (path === null || path.length == 0)
    return request.headers.is(":method", "CONNECT") ? Bytes.view(0, 0) : null;
  if (path.equals("*")) return request.headers.is(":method", "OPTIONS") ? path : null;
  return normalForm(path);
}

/** Whether a path that somebody configured can fit a normal one. */
export function isNormalPath(path: Bytes): bool {
  const normal = normalForm(path);
  return (
    normal !== null && normal.length == path.length && sameBytes(normal.pointer, path.pointer, path.length)
  );
}

/** `normalPath` of these bytes, which need not belong to a request. */
export function normalForm(path: Bytes): Bytes | null {
  const query = path.indexOf(0x3f);
  const size = query < 0 ? path.length : query;
  const from = path.pointer;
  if (size == 0 || load<u8>(from) != SLASH) return null;
  return isPlainPath(from, from + size) ? path.slice(0, size) : spelledAnew(from, from + size);
}

// Bit n of the two words: may byte n of 0-127 stand plainly in a segment (RFC 3986 section 3.3, save the semicolon).
const PLAIN_LOW: u64 = 0x27ff7fd200000000;
const PLAIN_HIGH: u64 = 0x47fffffe87ffffff;

function isPlain(byte: u32): bool {
  return byte < 128 && ((byte < 64 ? PLAIN_LOW : PLAIN_HIGH) >> ((<u64>byte) & 63)) & 1;
}

/** Whether nothing is to be done, as with almost all paths. */
function isPlainPath(from: usize, end: usize): bool {
  let afterSlash = false;
  for (let at = from; at < end; ++at) {
    const byte: u32 = load<u8>(at);
    if (afterSlash && (byte == SLASH || byte == DOT)) return false;
    afterSlash = byte == SLASH;
    if (!afterSlash && !isPlain(byte)) return false;
  }
  return true;
}

/** Where the next byte is read and where the next one is written. */
let at: usize = 0;
let to: usize = 0;
/** The character of the segment that was read last. */
let before: u32 = 0;

function spelledAnew(from: usize, end: usize): Bytes | null {
  const start = take(end - from + 2 * outlandish(from, end));
  let merged = false;
  at = from;
  to = start;
  while (at < end) {
    const slash = to;
    const name = copySegment(end);
    if (name == Segment.Doubtful || (name == Segment.Parent && merged)) return null;
    if (name == Segment.Empty) merged = true;
    if (name == Segment.Ordinary) continue;
    to = name == Segment.Parent ? parentOf(start, slash) : slash;
    if (at == end) store<u8>(to++, <u8>SLASH);
  }
  return Bytes.view(start, to - start);
}

const enum Segment {
  Ordinary,
  Empty,
  Self,
  Parent,
  Doubtful,
}

/** Copies the slash that is next and what follows up to another one, without parameters, and says what it was. */
function copySegment(end: usize): Segment {
  store<u8>(to++, load<u8>(at++));
  before = SLASH;
  const start = to;
  let nameEnd: usize = 0;
  while (at < end && load<u8>(at) != SLASH) {
    if (nameEnd == 0 && load<u8>(at) == SEMICOLON) nameEnd = to;
    if (!copyOne(end)) return Segment.Doubtful;
  }
  if (nameEnd != 0) to = nameEnd;
  const name = segmentOf(start, to - start);
  const isDots = name == Segment.Self || name == Segment.Parent;
  return nameEnd != 0 && isDots ? Segment.Doubtful : name;
}

function segmentOf(start: usize, size: usize): Segment {
  if (size == 0) return Segment.Empty;
  if (size > 2 || load<u8>(start) != DOT) return Segment.Ordinary;
  if (size == 1) return Segment.Self;
  return load<u8>(start, 1) == DOT ? Segment.Parent : Segment.Ordinary;
}

/** Where the segment before the one whose slash is at `slash` begins with its own. The root's parent is the root. */
function parentOf(start: usize, slash: usize): usize {
  let parent = slash;
  while (parent > start) if (load<u8>(--parent) == SLASH) break;
  return parent;
}

/** Copies a character of a segment, an escape or a plain one; false where readers would differ. */
function copyOne(end: usize): bool {
  let code: u32 = load<u8>(at++);
  const isEscape = code == PERCENT;
  if (isEscape) code = escapeBefore(end);
  if (isDoubtful(code, isEscape)) return false;
  if (isPlain(code) || code == SEMICOLON) store<u8>(to++, <u8>code);
  else putEscape(code);
  return true;
}

/** What the two digits say that are next; more than a byte where they are none. */
function escapeBefore(end: usize): u32 {
  if (end - at < 2) return 256;
  const high = hexDigit(load<u8>(at));
  const low = hexDigit(load<u8>(at, 1));
  at += 2;
  return high < 0 || low < 0 ? 256 : <u32>((high << 4) | low);
}

function isDoubtful(code: u32, isEscape: bool): bool {
  if (code < 0x20 || code == 0x7f || code == 0x5c || code > 255) return true;
  if (isEscape ? code == SLASH || code == SEMICOLON : code == 0x20 || code == 0x23) return true;
  const last = before;
  before = code;
  // What UTF-8 never needs so many bytes for: some readers find dots and slashes there.
  return (code & 0xfe) == 0xc0 || (last == 0xe0 && code >> 5 == 4) || (last == 0xf0 && code >> 4 == 8);
}

function putEscape(code: u32): void {
  store<u8>(to, <u8>PERCENT);
  store<u8>(to, digitOf(code >> 4), 1);
  store<u8>(to, digitOf(code & 15), 2);
  to += 3;
}

function digitOf(value: u32): u8 {
  return <u8>(value < 10 ? 0x30 + value : 0x37 + value);
}

/** How many bytes will have to be escaped, at most. */
function outlandish(from: usize, end: usize): usize {
  let count: usize = 0;
  for (let i = from; i < end; ++i) if (!isPlain(load<u8>(i)) && load<u8>(i) != SLASH) ++count;
  return count;
}
