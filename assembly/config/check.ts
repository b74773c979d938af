import { hexDigit } from "../abi/digits";
import { sequenceAt } from "../abi/text";
import { utf8 } from "../abi/wire";

// Checks a whole JSON text (RFC 8259) before anything is read from it, so that all later steps can trust its form.
// No document is built: settings are read from the bytes where they stand.

const MAX_DEPTH: i32 = 64;

let at: usize = 0;
let end: usize = 0;

/** What was expected where the check failed. */
export let expected: usize = 0;

/** Address of the first byte that is wrong, 0 where the text is sound. What was expected is then in `expected`. */
export function findFault(text: usize, size: usize): usize {
  at = text;
  end = text + size;
  if (!value(0)) return at;
  blanks();
  if (at == end) return 0;
  expected = utf8("the end of the text");
  return at;
}

function fail(what: usize): bool {
  expected = what;
  return false;
}

/** The byte at the cursor, 0 at the end: no JSON token begins with a NUL. */
function here(): u32 {
  return at < end ? load<u8>(at) : 0;
}

function blanks(): u32 {
  while (at < end && isBlank(load<u8>(at))) ++at;
  return here();
}

/** Whether JSON may have this byte between its tokens. */
export function isBlank(byte: u32): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

function value(depth: i32): bool {
  const first = blanks();
  if (depth > MAX_DEPTH) return fail(utf8("at most 64 levels"));
  if (first == 0x7b) return list(depth, 0x7d, utf8("',' or '}'"));
  if (first == 0x5b) return list(depth, 0x5d, utf8("',' or ']'"));
  if (first == 0x22) return text();
  if (first == 0x74) return word(0x65757274, 0);
  if (first == 0x66) return word(0x736c6166, 0x65);
  if (first == 0x6e) return word(0x6c6c756e, 0);
  if (first == 0x2d || first - 0x30 < 10) return number();
  return fail(utf8("a value"));
}

/** An object or a list, told apart by the byte that closes it. */
function list(depth: i32, close: u32, next: usize): bool {
  ++at;
  if (blanks() == close) return skip();
  while (true) {
    if (close == 0x7d && !name()) return false;
    if (!value(depth + 1)) return false;
    const byte = blanks();
    if (byte == close) return skip();
    if (byte != 0x2c) return fail(next);
    ++at;
  }
}

function skip(): bool {
  ++at;
  return true;
}

function name(): bool {
  if (blanks() != 0x22) return fail(utf8("a name in quotes"));
  if (!text()) return false;
  return blanks() == 0x3a ? skip() : fail(utf8("':'"));
}

/** `true`, `false` or `null`: four bytes, and a fifth one unless it is 0. */
function word(four: u32, fifth: u32): bool {
  const size: usize = fifth == 0 ? 4 : 5;
  const fits = end - at >= size && load<u32>(at) == four && (fifth == 0 || load<u8>(at, 4) == fifth);
  if (!fits) return fail(utf8("a value"));
  at += size;
  return true;
}

function number(): bool {
  if (here() == 0x2d) ++at;
  if (here() == 0x30) ++at;
  else if (!digits()) return false;
  if (here() == 0x2e && skip() && !digits()) return false;
  if ((here() | 0x20) != 0x65) return true;
  ++at;
  if (here() == 0x2b || here() == 0x2d) ++at;
  return digits();
}

function digits(): bool {
  if (here() - 0x30 >= 10) return fail(utf8("a digit"));
  while (here() - 0x30 < 10) ++at;
  return true;
}

function text(): bool {
  ++at;
  while (at < end) {
    const byte: u32 = load<u8>(at);
    if (byte == 0x22) return skip();
    if (byte < 0x20) return fail(utf8("no control character in a text"));
    if (byte == 0x5c) {
      if (!escape()) return false;
    } else {
      const size = sequenceAt(at, end);
      if (size == 0) return fail(utf8("UTF-8"));
      at += size;
    }
  }
  return fail(utf8("'\"'"));
}

function escape(): bool {
  ++at;
  const byte = here();
  if (byte == 0x75) return unicode();
  if (byte == 0x22 || byte == 0x5c || byte == 0x2f || byte == 0x62 || byte == 0x66) return skip();
  if (byte == 0x6e || byte == 0x72 || byte == 0x74) return skip();
  return fail(utf8("an escape that JSON knows"));
}

/** `\uXXXX`; a high surrogate wants its low one behind it, and a low one may not stand alone. */
function unicode(): bool {
  const unit = fourDigits();
  if (unit < 0) return false;
  if ((unit & 0xfc00) == 0xdc00) return fail(utf8("a surrogate pair"));
  if ((unit & 0xfc00) != 0xd800) return true;
  if (here() != 0x5c || !skip() || here() != 0x75) return fail(utf8("a surrogate pair"));
  const low = fourDigits();
  if (low < 0) return false;
  return (low & 0xfc00) == 0xdc00 ? true : fail(utf8("a surrogate pair"));
}

/** The four hexadecimal digits behind a `u`, -1 where they are not there. */
function fourDigits(): i32 {
  ++at;
  let unit = 0;
  for (let i = 0; i < 4; ++i) {
    const digit = hexDigit(here());
    if (digit < 0) {
      fail(utf8("four hexadecimal digits"));
      return -1;
    }
    unit = (unit << 4) | digit;
    ++at;
  }
  return unit;
}
