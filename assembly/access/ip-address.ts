import { Bytes } from "../abi/bytes";
import { hexDigit } from "../abi/digits";

// An address is 128 bits, read into two globals so that looking at a request allocates nothing. IPv4 stands there as
// ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), as a listener for both kinds shows it.

/** The first 64 bits of the address that was read last. */
export let high: u64 = 0;
/** Its last 64 bits. */
export let low: u64 = 0;

/** Eight groups of an IPv6 address, in the order in which they are written. */
const groups = memory.data(16);

/** Reads an address without port, brackets or zone; false where it is none (RFC 4291 section 2.2, RFC 6943 section 3.1.1). */
export function readAddress(text: Bytes): bool {
  if (text.indexOf(0x3a) >= 0) return readV6(text);
  const address = v4In(text, 0);
  if (address < 0) return false;
  high = 0;
  low = 0xffff_0000_0000 | (<u64>address);
  return true;
}

/** Whether the address that was read last is one of IPv4. */
export function isV4(): bool {
  return high == 0 && low >> 32 == 0xffff;
}

/** Four decimal numbers up to the end of the text, without leading zeros, which some read as octal; -1: it is none. */
function v4In(text: Bytes, from: i32): i64 {
  let address: i64 = 0;
  let at = from;
  for (let part = 0; part < 4; ++part) {
    if (part > 0 && (at >= text.length || text.at(at++) != 0x2e)) return -1;
    const start = at;
    let number: i32 = 0;
    while (at < text.length && at - start < 3 && <u32>text.at(at) - 0x30 < 10) {
      number = number * 10 + <i32>text.at(at++) - 0x30;
    }
    const isPadded = at - start > 1 && text.at(start) == 0x30;
    if (at == start || isPadded || number > 255) return -1;
    address = (address << 8) | number;
  }
  return at == text.length ? address : -1;
}

function readV6(text: Bytes): bool {
  let count = 0;
  let gap = -1;
  let at = 0;
  if (text.startsWith("::")) {
    gap = 0;
    at = 2;
  }
  while (at < text.length) {
    const colon = text.indexOf(0x3a, at);
    const end = colon < 0 ? text.length : colon;
    const taken = readGroup(text, at, end, count);
    if (taken == 0) return false;
    count += taken;
    at = end;
    if (at == text.length) break;
    if (++at == text.length) return false;
    if (text.at(at) != 0x3a) continue;
    if (gap >= 0) return false;
    gap = count;
    ++at;
  }
  if (gap < 0 ? count != 8 : count > 7) return false;
  return spread(count, gap < 0 ? count : gap);
}

/** How many groups stand there: one in up to four hexadecimal digits, two in the form of IPv4, 0 where none does. */
function readGroup(text: Bytes, from: i32, end: i32, count: i32): i32 {
  if (text.slice(from, end).indexOf(0x2e) >= 0) {
    const address = end == text.length && count <= 6 ? v4In(text, from) : -1;
    if (address < 0) return 0;
    store<u16>(groups + ((<usize>count) << 1), <u16>(address >> 16));
    store<u16>(groups + ((<usize>count) << 1), <u16>address, 2);
    return 2;
  }
  if (end == from || end - from > 4 || count == 8) return 0;
  let group: u32 = 0;
  for (let i = from; i < end; ++i) {
    const digit = hexDigit(text.at(i));
    if (digit < 0) return 0;
    group = (group << 4) | (<u32>digit);
  }
  store<u16>(groups + ((<usize>count) << 1), <u16>group);
  return 1;
}

/** Puts zeros in place of `::`, which stands before group `gap`. */
function spread(count: i32, gap: i32): bool {
  high = 0;
  low = 0;
  const zeros = 8 - count;
  for (let place = 0; place < 8; ++place) {
    const index = place < gap ? place : place - zeros;
    const group = place >= gap && place < gap + zeros ? 0 : <u64>load<u16>(groups + ((<usize>index) << 1));
    if (place < 4) high = (high << 16) | group;
    else low = (low << 16) | group;
  }
  return true;
}
