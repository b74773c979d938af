import { hexDigit } from "../abi/digits";
import { sequenceAt } from "../abi/text";
import { utf8 } from "../abi/wire";

// Checks a whole JSON text (RFC 8259) before anything is read from it, so that all later steps can trust its form.
// No document is built: settings are read from the bytes where they stand. Each function takes where something should begin
// and returns where it ends, 0 where it is not there.

const MAX_DEPTH: i32 = 64;

/** Members of the outermost object whose places are noted. */
export const MEMBERS_MAX: i32 = 128;
/** For each its name and its value. */
const MEMBERS = memory.data(1024, 8);

/** How many members the outermost object has. Their places are noted until the next check. */
export let members: i32 = 0;

/** Where a member's name begins. */
export function memberName(place: i32): usize {
  return <usize>load<u32>(MEMBERS + ((<usize>place) << 3));
}

/** Where a member's value begins. */
export function memberValue(place: i32): usize {
  return <usize>load<u32>(MEMBERS + ((<usize>place) << 3), 4);
}

let fault: usize = 0;
/** What was expected where the check failed. */
export let expected: usize = 0;

/** Address of the first byte that is wrong, 0 where the text is sound. What was expected is then in `expected`. */
export function findFault(text: usize, size: usize): usize {
  const end = text + size;
  members = 0;
  let at = value(afterBlanks(text, end), end, 0);
  if (at == 0) return fault;
  at = afterBlanks(at, end);
  if (at == end) return 0;
  fail(at, utf8("the end of the text"));
  return at;
}

function fail(at: usize, what: usize): usize {
  fault = at;
  expected = what;
  return 0;
}

/** A bit for each: space, line feed, carriage return and tabulator. */
const BLANKS: u64 = 0x1_0000_2600;

/** Whether JSON may have this byte between its tokens. */
export function isBlank(byte: u32): bool {
  return byte <= 0x20 && ((BLANKS >> byte) & 1) != 0;
}

class Look {
  /** Where blanks end; most of the time there is none or one. Behind the text a byte may be read, which changes nothing. */
  @inline
  static behindBlanks(at: usize, end: usize): usize {
    const next = at + <usize>(at < end && load<u8>(at) == 0x20);
    return load<u8>(next) > 0x20 ? next : afterBlanks(next, end);
  }
}

/** The byte there, 0 at the end: no JSON token begins with a NUL. */
function byteAt(at: usize, end: usize): u32 {
  return at < end ? load<u8>(at) : 0;
}

function afterBlanks(at: usize, end: usize): usize {
  for (; at < end; ++at) {
    const byte: u32 = load<u8>(at);
    if (byte > 0x20 || ((BLANKS >> byte) & 1) == 0) return at;
  }
  return at;
}

function value(at: usize, end: usize, depth: i32): usize {
  const first = byteAt(at, end);
  if (depth > MAX_DEPTH) return fail(at, utf8("at most 64 levels"));
  if (first == 0x22) return text(at, end);
  if (first == 0x2d || first - 0x30 < 10) return number(at, end);
  if (first == 0x7b) return list(at, end, depth, 0x7d, utf8("',' or '}'"));
  if (first == 0x5b) return list(at, end, depth, 0x5d, utf8("',' or ']'"));
  if (first == 0x74) return word(at, end, 0x65757274, 0);
  if (first == 0x66) return word(at, end, 0x736c6166, 0x65);
  if (first == 0x6e) return word(at, end, 0x6c6c756e, 0);
  return fail(at, utf8("a value"));
}

/** An object or a list, told apart by the byte that closes it. */
function list(at: usize, end: usize, depth: i32, close: u32, next: usize): usize {
  at = afterBlanks(at + 1, end);
  if (byteAt(at, end) == close) return at + 1;
  while (true) {
    const name = at;
    if (close == 0x7d) at = colon(at, end);
    if (at == 0) return 0;
    if (close == 0x7d && depth == 0) note(name, at);
    at = value(at, end, depth + 1);
    if (at == 0) return 0;
    at = Look.behindBlanks(at, end);
    const byte = byteAt(at, end);
    if (byte == close) return at + 1;
    if (byte != 0x2c) return fail(at, next);
    at = Look.behindBlanks(at + 1, end);
  }
}

function note(name: usize, value: usize): void {
  if (members < MEMBERS_MAX) {
    const to = MEMBERS + ((<usize>members) << 3);
    store<u32>(to, <u32>name);
    store<u32>(to, <u32>value, 4);
  }
  ++members;
}

/** A name, the colon and what blanks stand behind it. */
function colon(at: usize, end: usize): usize {
  if (byteAt(at, end) != 0x22) return fail(at, utf8("a name in quotes"));
  at = text(at, end);
  if (at == 0) return 0;
  at = Look.behindBlanks(at, end);
  return byteAt(at, end) == 0x3a ? Look.behindBlanks(at + 1, end) : fail(at, utf8("':'"));
}

/** `true`, `false` or `null`: four bytes, and a fifth one unless it is 0. */
function word(at: usize, end: usize, four: u32, fifth: u32): usize {
  const size: usize = fifth == 0 ? 4 : 5;
  const fits = end - at >= size && load<u32>(at) == four && (fifth == 0 || load<u8>(at, 4) == fifth);
  return fits ? at + size : fail(at, utf8("a value"));
}

function number(at: usize, end: usize): usize {
  if (load<u8>(at) == 0x2d) ++at;
  at = byteAt(at, end) == 0x30 ? at + 1 : digits(at, end);
  if (at != 0 && byteAt(at, end) == 0x2e) at = digits(at + 1, end);
  if (at == 0 || (byteAt(at, end) | 0x20) != 0x65) return at;
  ++at;
  const sign = byteAt(at, end);
  return digits(at + <usize>(sign == 0x2b || sign == 0x2d), end);
}

function digits(at: usize, end: usize): usize {
  const start = at;
  while (at < end && <u32>load<u8>(at) - 0x30 < 10) ++at;
  return at > start ? at : fail(at, utf8("a digit"));
}

function text(at: usize, end: usize): usize {
  ++at;
  while (at < end) {
    if (at + 16 <= end) {
      const odd = oddBytes(at);
      at += odd == 0 ? 16 : ctz(odd);
      if (odd == 0) continue;
    }
    const byte: u32 = load<u8>(at);
    if (byte == 0x22) return at + 1;
    if (byte < 0x20) return fail(at, utf8("no control character in a text"));
    if (byte == 0x5c) {
      at = escape(at + 1, end);
      if (at == 0) return 0;
    } else {
      const size = sequenceAt(at, end);
      if (size == 0) return fail(at, utf8("UTF-8"));
      at += size;
    }
  }
  return fail(at, utf8("'\"'"));
}

/** Which of 16 bytes ask for a closer look in a text: a quote, a backslash, a control character or no ASCII, a bit for each. */
function oddBytes(at: usize): i32 {
  const bytes = v128.load(at);
  const special = v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c)));
  // As numbers with a sign those beyond ASCII are below the others.
  return i8x16.bitmask(v128.or(special, i8x16.lt_s(bytes, i8x16.splat(0x20))));
}

function escape(at: usize, end: usize): usize {
  const byte = byteAt(at, end);
  if (byte == 0x75) return unicode(at + 1, end);
  if (byte == 0x22 || byte == 0x5c || byte == 0x2f || byte == 0x62 || byte == 0x66) return at + 1;
  if (byte == 0x6e || byte == 0x72 || byte == 0x74) return at + 1;
  return fail(at, utf8("an escape that JSON knows"));
}

/** Four digits behind `\u`; a high surrogate wants its low one behind it, and a low one may not stand alone. */
function unicode(at: usize, end: usize): usize {
  const unit = fourDigits(at, end);
  if (unit < 0) return 0;
  at += 4;
  if ((unit & 0xfc00) == 0xdc00) return fail(at, utf8("a surrogate pair"));
  if ((unit & 0xfc00) != 0xd800) return at;
  if (byteAt(at, end) != 0x5c) return fail(at, utf8("a surrogate pair"));
  if (byteAt(at + 1, end) != 0x75) return fail(at + 1, utf8("a surrogate pair"));
  const low = fourDigits(at + 2, end);
  if (low < 0) return 0;
  return (low & 0xfc00) == 0xdc00 ? at + 6 : fail(at + 6, utf8("a surrogate pair"));
}

/** The number that four hexadecimal digits are, -1 where they are not there. */
function fourDigits(at: usize, end: usize): i32 {
  let unit = 0;
  for (let i = 0; i < 4; ++i) {
    const digit = hexDigit(byteAt(at, end));
    if (digit < 0) {
      fail(at, utf8("four hexadecimal digits"));
      return -1;
    }
    unit = (unit << 4) | digit;
    ++at;
  }
  return unit;
}
