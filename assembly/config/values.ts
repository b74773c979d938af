import { mark, release, take } from "../abi/arena";
import { isEncoded } from "../abi/compare";
import { put } from "../abi/line";
import { decode, putCode } from "../abi/text";
import { utf8 } from "../abi/wire";
import { hexDigit } from "../abi/digits";

// Reading values from a JSON text that was checked: an address stands for the value that begins there.

/** Adds the kind of a value to the line, as a problem names it. */
export function putKind(value: usize): void {
  const first: u32 = load<u8>(value);
  if (first == 0x7b) put(utf8("object"));
  else if (first == 0x5b) put(utf8("list"));
  else if (first == 0x22) put(utf8("text"));
  else if (first == 0x74 || first == 0x66) put(utf8("flag"));
  else if (first == 0x6e) put(utf8("null"));
  else put(utf8("number"));
}

/** First byte at or after `at` that is no blank. */
function afterBlanks(at: usize): usize {
  while (load<u8>(at) <= 0x20) ++at;
  return at;
}

/** Address behind a value that stands in a list or an object. */
export function skip(value: usize): usize {
  let depth = 0;
  let at = value;
  do {
    const byte: u32 = load<u8>(at);
    if (byte == 0x22) at = skipText(at);
    else if (depth == 0 && byte != 0x7b && byte != 0x5b) return skipPlain(at);
    else ++at;
    if (byte == 0x7b || byte == 0x5b) ++depth;
    if (byte == 0x7d || byte == 0x5d) --depth;
  } while (depth > 0);
  return at;
}

/** Whether the text that was skipped last has escapes. */
let escaped: bool = false;

/** Address behind the text that begins at `at`. */
export function skipText(at: usize): usize {
  ++at;
  escaped = false;
  while (true) {
    const bytes = v128.load(at);
    const special = v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c)));
    const found = i8x16.bitmask(special);
    at += found == 0 ? 16 : ctz(found);
    if (found == 0) continue;
    if (load<u8>(at) == 0x22) return at + 1;
    escaped = true;
    at += 2;
  }
}

// A number or a word: it ends where something else begins, and something does, since all stands in an object.
function skipPlain(at: usize): usize {
  let byte: u32 = load<u8>(at);
  while (byte > 0x20 && byte != 0x2c && byte != 0x5d && byte != 0x7d) byte = load<u8>(++at);
  return at;
}

/** First item of a list or first name of an object, 0 where it is empty. */
export function firstIn(container: usize): usize {
  const at = afterBlanks(container + 1);
  return load<u8>(at) == load<u8>(container) + 2 ? 0 : at;
}

/** What stands after an item of a list or a value of an object, 0 at its end. */
export function nextAfter(value: usize): usize {
  const at = afterBlanks(skip(value));
  return load<u8>(at) == 0x2c ? afterBlanks(at + 1) : 0;
}

/** The value that belongs to the name at `name`. */
export function valueOf(name: usize): usize {
  return afterBlanks(afterBlanks(skipText(name)) + 1);
}

/** The value under a name of an object, 0 where there is none. Of two with one name the first. */
export function member(object: usize, name: usize): usize {
  for (let at = firstIn(object); at != 0; at = nextAfter(valueOf(at)))
    if (nameIs(at, name)) return valueOf(at);
  return 0;
}

/** Whether the text at `value` reads as this encoded one. */
export function nameIs(value: usize, name: usize): bool {
  const size = skipText(value) - value - 2;
  if (!escaped) return isEncoded(value + 1, size, name);
  const before = mark();
  const plain = take(size);
  const same = isEncoded(plain, unescape(value, plain) - plain, name);
  release(before);
  return same;
}

/** Whether `value` is a text and reads as this one. */
export function isText(value: usize, text: string): bool {
  return load<u8>(value) == 0x22 && nameIs(value, utf8(text));
}

/** The text at `value`, escapes resolved. */
export function textAt(value: usize): string {
  const before = mark();
  const plain = take(skipText(value) - value);
  const text = decode(plain, unescape(value, plain) - plain);
  release(before);
  return text;
}

/** Writes the text at `value` as bytes to `to`. Returns the end of what it wrote, no longer than the text was. */
export function unescape(value: usize, to: usize): usize {
  let at = value + 1;
  for (let byte: u32 = load<u8>(at); byte != 0x22; byte = load<u8>(at)) {
    ++at;
    if (byte != 0x5c) {
      store<u8>(to++, byte);
      continue;
    }
    const escape: u32 = load<u8>(at++);
    if (escape != 0x75) {
      store<u8>(to++, control(escape));
      continue;
    }
    let code = unitAt(at);
    at += 4;
    if ((code & 0xfc00) == 0xd800) {
      code = ((code - 0xd7c0) << 10) | (unitAt(at + 2) & 0x3ff);
      at += 6;
    }
    to = putCode(code, to);
  }
  return to;
}

function control(escape: u32): u32 {
  if (escape == 0x6e) return 0x0a;
  if (escape == 0x74) return 0x09;
  if (escape == 0x72) return 0x0d;
  if (escape == 0x62) return 0x08;
  return escape == 0x66 ? 0x0c : escape;
}

function unitAt(digits: usize): u32 {
  let unit: u32 = 0;
  for (let i: usize = 0; i < 4; ++i) unit = (unit << 4) | hexDigit(load<u8>(digits + i));
  return unit;
}

/** Whether the number at `value` is written without fraction and exponent and has at most 17 digits. */
export function isInteger(value: usize): bool {
  const first: u32 = load<u8>(value);
  const end = skip(value);
  if ((first != 0x2d && first - 0x30 >= 10) || end - value > 17) return false;
  for (let at = value + 1; at < end; ++at) if (<u32>load<u8>(at) - 0x30 >= 10) return false;
  return true;
}

/** The number at `value`, for which `isInteger` holds. */
export function integerAt(value: usize): i64 {
  const negative = load<u8>(value) == 0x2d;
  let number: i64 = 0;
  for (let at = value + <usize>negative, end = skip(value); at < end; ++at) {
    number = number * 10 + (load<u8>(at) - 0x30);
  }
  return negative ? -number : number;
}

/** The number at `value`. */
export function numberAt(value: usize): f64 {
  return parseFloat(decode(value, skip(value) - value));
}
