// What HTTP lets stand in a field (RFC 9110, sections 5.1 and 5.5).

/** Whether these bytes may be a field value. Eight at a time: values are long and almost always clean. */
export function isValue(at: usize, size: usize): bool {
  const end = at + size;
  for (; at + 8 <= end; at += 8) if (!areEightClean(at)) return false;
  return size >= 8 ? at == end || areEightClean(end - 8) : areClean(at, end);
}

function areEightClean(at: usize): bool {
  const eight = load<u64>(at);
  // The high bit of each byte below 0x20, also of some that follow one: those are looked at again one by one.
  return ((eight - 0x2020202020202020) & ~eight & 0x8080808080808080) == 0 || areClean(at, at + 8);
}

function areClean(at: usize, end: usize): bool {
  for (; at < end; ++at) {
    const byte = load<u8>(at);
    if (byte == 0 || byte == 0x0a || byte == 0x0d) return false;
  }
  return true;
}

// Bit n of the two words: may byte n of 0–127 stand in a name. Upper case is turned into lower case before.
const TOKENS_LOW: u64 = 0x03ff6cfa00000000;
const TOKENS_HIGH: u64 = 0x57ffffffc0000000;

/** Turns a name to lower case in place. False where it is empty or holds a byte that no name may have. */
export function lowerName(at: usize, size: usize): bool {
  if (size == 0) return false;
  const end = at + size;
  if (load<u8>(at) == 0x3a && size > 1) ++at;
  for (; at < end; ++at) {
    let byte: u32 = load<u8>(at);
    if (byte - 0x41 < 26) store<u8>(at, (byte |= 0x20));
    if (byte > 0x7f) return false;
    const row = byte < 64 ? TOKENS_LOW : TOKENS_HIGH;
    if (!((row >> (byte & 63)) & 1)) return false;
  }
  return true;
}
