import { sequenceAt } from "../abi/text";
import { sizeOf, utf8 } from "../abi/wire";

// How a metric's name carries tags: `requests.;route=.a.;status=.200`. Envoy keeps the parts between dots once however
// many names hold them, and the generated configuration (`stats_tags`) makes labels of them. What could be taken for such
// a part, or is no text, stands there as `%` with two hexadecimal digits.

/** Longest value of a tag, in bytes; what is longer is cut. */
const LONGEST: usize = 128;
const DOT: u32 = 0x2e;

/** Most bytes that a text becomes. */
export function nameLimit(text: usize): usize {
  return <usize>sizeOf(text) * 3;
}

/** Writes a metric's name. Returns the end of what it wrote, as `putTag` does. */
export function putName(text: usize, to: usize): usize {
  return putEscaped(text, sizeOf(text), to);
}

/** Writes a tag with its value. */
export function putTag(tag: usize, value: usize, to: usize): usize {
  to = putText(utf8(".;"), to);
  to = putText(tag, to);
  to = putText(utf8("=."), to);
  return putEscaped(value, min<usize>(sizeOf(value), LONGEST), to);
}

/** Most bytes that `putTag` writes. */
export function tagLimit(tag: usize): usize {
  return <usize>sizeOf(tag) + 4 + LONGEST * 3;
}

function putText(text: usize, to: usize): usize {
  memory.copy(to, text, sizeOf(text));
  return to + sizeOf(text);
}

function putEscaped(from: usize, size: usize, to: usize): usize {
  const end = from + size;
  while (from < end) {
    const byte: u32 = load<u8>(from);
    if (isPlain(byte) && (byte != DOT || from + 1 < end)) {
      store<u8>(to++, <u8>byte);
      ++from;
      continue;
    }
    const length: usize = byte < 0x80 ? 0 : sequenceAt(from, end);
    if (length == 0) to = putHex(byte, to);
    memory.copy(to, from, length);
    to += length;
    from += max<usize>(length, 1);
  }
  return to;
}

/** Whether a byte may stand as it is; a dot at the end would be dropped by the host. */
function isPlain(byte: u32): bool {
  return byte >= 0x20 && byte < 0x7f && byte != 0x25 && byte != 0x3b;
}

function putHex(byte: u32, to: usize): usize {
  store<u8>(to, 0x25);
  store<u8>(to, hexOf(byte >> 4), 1);
  store<u8>(to, hexOf(byte & 15), 2);
  return to + 3;
}

function hexOf(digit: u32): u8 {
  return <u8>(digit < 10 ? 0x30 + digit : 0x37 + digit);
}
