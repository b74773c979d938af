import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";

/** What an HTTP date looks like (RFC 9110, section 5.6.7): 0 stands for a digit, `-` for anything. */
const FORM = memory.data<u8>([
  0x2d, 0x2d, 0x2d, 0x2c, 0x20, 0x30, 0x30, 0x20, 0x2d, 0x2d, 0x2d, 0x20, 0x30, 0x30, 0x30, 0x30, 0x20, 0x30,
  0x30, 0x3a, 0x30, 0x30, 0x3a, 0x30, 0x30, 0x20, 0x47, 0x4d, 0x54,
]);
const FORM_SIZE: i32 = 29;

/**
 * Seconds since the Unix epoch that a text says: as an HTTP date (`Tue, 20 Apr 2021 02:07:55 GMT`) or in decimal digits,
 * eleven at most. 0 where it says nothing of the kind, or what no clock shows any more.
 */
export function secondsIn(text: Bytes): u64 {
  if (text.length < 12) return digits(text.pointer, text.length);
  const at = text.pointer;
  if (text.length != FORM_SIZE || !hasForm(at)) return 0;
  const month = monthAt(at + 8);
  const year = <i32>digits(at + 12, 4);
  const day = <i32>digits(at + 5, 2);
  if (month == 0 || year < 1970 || day == 0 || day > 31) return 0;
  return (
    <u64>daysBefore(year, month, day) * 86400 +
    digits(at + 17, 2) * 3600 +
    digits(at + 20, 2) * 60 +
    digits(at + 23, 2)
  );
}

function digits(at: usize, size: usize): u64 {
  let value: u64 = 0;
  for (const end = at + size; at < end; ++at) {
    const digit = <u32>load<u8>(at) - 0x30;
    if (digit > 9) return 0;
    value = value * 10 + digit;
  }
  return value;
}

function hasForm(at: usize): bool {
  for (let i = 0; i < FORM_SIZE; ++i) {
    const wanted: u32 = load<u8>(FORM + <usize>i);
    const byte: u32 = load<u8>(at + <usize>i);
    if (wanted == 0x30 ? byte - 0x30 > 9 : wanted != 0x2d && wanted != byte) return false;
  }
  return true;
}

function monthAt(letters: usize): i32 {
  const names = utf8("JanFebMarAprMayJunJulAugSepOctNovDec");
  for (let month: usize = 0; month < 12; ++month) {
    const name = names + month * 3;
    if (load<u8>(letters) == load<u8>(name) && load<u16>(letters, 1) == load<u16>(name, 1))
      return <i32>month + 1;
  }
  return 0;
}

/** Days from 1970-01-01, by years that begin in March, so that what a leap day moves is behind it. */
function daysBefore(year: i32, month: i32, day: i32): i32 {
  const years = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  return years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 719469;
}
