import * as memo from "./memo";

// UTF-16 text to bytes and back. Bytes that are not UTF-8 become lone surrogates U+DC80–U+DCFF and turn back into
// the same bytes, so a header value passes through a string unchanged whatever it holds.

/** `decode` for what is likely to come again: the text of a value that came twice is kept. */
export function decodeAgain(from: usize, size: usize): string {
  if (size == 0) return "";
  const kept = memo.find(from, size);
  if (kept != 0) return changetype<string>(kept);
  const text = decode(from, size);
  memo.offer(text, from, size);
  return text;
}

/** Decodes `size` bytes. Never fails: see above for what is not UTF-8. */
export function decode(from: usize, size: usize): string {
  const text = changetype<string>(__new(size << 1, idof<string>()));
  const used = decodeTo(from, from + size, changetype<usize>(text));
  if (used == size << 1) return text;
  // Not all of it was ASCII: fewer characters than bytes.
  const shorter = changetype<string>(__new(used, idof<string>()));
  memory.copy(changetype<usize>(shorter), changetype<usize>(text), used);
  return shorter;
}

/** Writes UTF-16 to `to`, which has room for twice the bytes. Returns the number of bytes written. */
function decodeTo(from: usize, end: usize, to: usize): usize {
  const start = to;
  while (from < end) {
    while (from + 4 <= end) {
      let four: u64 = load<u32>(from);
      if (four & 0x80808080) break;
      four = (four | (four << 16)) & 0x0000ffff0000ffff;
      store<u64>(to, (four | (four << 8)) & 0x00ff00ff00ff00ff);
      from += 4;
      to += 8;
    }
    if (from >= end) break;
    const size = sequenceAt(from, end);
    if (size == 4) {
      const code = codeAt(from, 4) - 0x10000;
      store<u16>(to, 0xd800 | (code >> 10));
      store<u16>(to, 0xdc00 | (code & 0x3ff), 2);
      to += 4;
    } else {
      store<u16>(to, size == 0 ? 0xdc00 | load<u8>(from) : codeAt(from, size));
      to += 2;
    }
    from += max(size, 1);
  }
  return to - start;
}

/** Length of the UTF-8 sequence at `p`, 0 where there is none: overlong forms and surrogates are none. */
export function sequenceAt(p: usize, end: usize): usize {
  const lead: u32 = load<u8>(p);
  if (lead < 0x80) return 1;
  const size: usize = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size == 0 || end - p < size) return 0;
  for (let i: usize = 1; i < size; ++i) if ((load<u8>(p + i) & 0xc0) != 0x80) return 0;
  const second: u32 = load<u8>(p, 1);
  if (lead == 0xe0 && second < 0xa0) return 0;
  if (lead == 0xed && second > 0x9f) return 0;
  if (lead == 0xf0 && second < 0x90) return 0;
  if (lead == 0xf4 && second > 0x8f) return 0;
  return size;
}

function codeAt(p: usize, size: usize): u32 {
  let code: u32 = size == 1 ? load<u8>(p) : load<u8>(p) & (0x7f >> (<u32>size));
  for (let i: usize = 1; i < size; ++i) code = (code << 6) | (load<u8>(p + i) & 0x3f);
  return code;
}

/** Most bytes that `encode` can write for `text`. */
export function encodedLimit(text: string): usize {
  return <usize>text.length * 3;
}

/** Writes `text` as bytes to `to`, which has room for `encodedLimit(text)`. Returns the end of what it wrote. */
export function encode(text: string, to: usize): usize {
  const from = changetype<usize>(text);
  return encodeUnits(from, from + ((<usize>text.length) << 1), to);
}

/** `encode` for the UTF-16 units from `from` up to `end`. */
export function encodeUnits(from: usize, end: usize, to: usize): usize {
  while (from < end) {
    while (from + 8 <= end) {
      let four = load<u64>(from);
      if (four & 0xff80ff80ff80ff80) break;
      four |= four >> 8;
      store<u32>(to, <u32>((four & 0xffff) | ((four >> 16) & 0xffff0000)));
      from += 8;
      to += 4;
    }
    if (from >= end) break;
    const unit: u32 = load<u16>(from);
    const next: u32 = unit >= 0xd800 && from + 2 < end ? load<u16>(from, 2) : 0;
    from += 2;
    if (unit < 0x80) {
      store<u8>(to++, unit);
    } else if ((unit & 0xf800) != 0xd800) {
      to = putCode(unit, to);
    } else if (unit < 0xdc00 && (next & 0xfc00) == 0xdc00) {
      to = putCode(((unit - 0xd7c0) << 10) | (next & 0x3ff), to);
      from += 2;
    } else if (unit >= 0xdc80 && unit <= 0xdcff) {
      store<u8>(to++, unit & 0xff);
    } else {
      to = putCode(0xfffd, to);
    }
  }
  return to;
}

/** Writes one character as UTF-8. Returns the end of what it wrote. */
export function putCode(code: u32, to: usize): usize {
  if (code < 0x80) {
    store<u8>(to, code);
    return to + 1;
  }
  if (code < 0x800) {
    store<u8>(to++, 0xc0 | (code >> 6));
  } else {
    if (code < 0x10000) {
      store<u8>(to++, 0xe0 | (code >> 12));
    } else {
      store<u8>(to++, 0xf0 | (code >> 18));
      store<u8>(to++, 0x80 | ((code >> 12) & 0x3f));
    }
    store<u8>(to++, 0x80 | ((code >> 6) & 0x3f));
  }
  store<u8>(to, 0x80 | (code & 0x3f));
  return to + 1;
}
